export type EditableName = 'displayName' | 'primaryPhone' | 'primaryEmail' | 'avatarUrl';

export type EditFieldProps = {
  personId: string;
  field: EditableName;
  label: string;
  value: string | null;
  hint?: string;
  close: () => void;
};

/** What a draft of a field of a person is kept under. */
export const editDraft = (personId: string, field: EditableName | 'metadata') => `person ${personId} ${field}`;
