import { FIELDS } from '#lib/routes/editor/route-fields.ts';

const ID = '00000000-0000-4000-8000-000000000001';
const PERSON = 'dddddd07-0000-4000-8000-000000000007';
const OTHER = 'dddddd08-0000-4000-8000-000000000008';
const INSTANCE = '11111111-1111-4111-8111-111111111111';
const KEY_ID = '99999990-0000-4000-8000-000000000002';
const UNKNOWN_KEY = `omni_sk_${'Zz9'.repeat(10)}Zz`;

const server = { serverId: 'demo' };
const byId = { id: ID };
const byEntry = { entryId: ID };
const signIn = { ...server, address: '', key: UNKNOWN_KEY, yourName: '' };
const draft = { id: null, target: null, fields: Object.fromEntries(FIELDS.map((field) => [field, null])) };

/**
 * What each action takes, as its page sends it: a stranger who sends it must be turned away for being one. Nothing here changes
 * anything at Omni.
 */
export const VALID: Readonly<Record<string, readonly unknown[]>> = {
  signInAction: [signIn],
  signInHereAction: [signIn],
  switchServerAction: [server],
  diagnoseAction: [{ ...server, key: '' }],
  createCodeAction: [server],
  recoverAction: [{ ...server, code: '1234 5678' }],
  proveAction: [{ key: UNKNOWN_KEY }],
  checkProofAction: [],
  endSessionAction: [{ sid: ID }],
  forgetPersonAction: [{ personId: ID }],
  previewAction: [{ operation: 'persons.edit', input: { id: PERSON, changes: { displayName: 'Stolen' } } }],
  previewUndoAction: [byEntry],
  previewAgainAction: [byEntry],
  runAction: [{ token: 'v1.1.aaaaaaaaaaaaaaaa.aaaa.aaaaaaaaaaaaaaaaaaaaaa' }],
  resumeAction: [byEntry],
  decideAction: [{ pair: [PERSON, OTHER], evidence: [], same: true }],
  testDraftAction: [{ instanceId: INSTANCE, chatId: null, personId: PERSON, draft }],
  addSavedTestAction: [{ instanceId: INSTANCE, chatId: null, personId: PERSON, agentId: null, title: null }],
  changeSavedTestAction: [{ ...byId, agentId: null, title: null }],
  deleteSavedTestAction: [byId],
  createForRotationAction: [{ token: 'x', rotationId: ID, keyId: KEY_ID, overlap: '1h', quietMinutes: 60 }],
  acknowledgeAction: [byId],
  reconcileRotationAction: [byId],
  setQuietMinutesAction: [{ ...byId, minutes: 5 }],
  closeRotationAction: [{ ...byId, as: 'given-up' }],
  keyShownAction: [{ keyId: ID }],
  evidenceAction: [{ id: KEY_ID, since: '2026-01-01T00:00:00.000Z' }],
  startExportAction: [{ keyId: ID, filter: {} }],
  resumeExportAction: [byId],
  stopExportAction: [byId],
  steerAction: [{ to: 'stop' }],
  deleteExportAction: [byId],
};
