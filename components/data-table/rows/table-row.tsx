'use client';

import { memo, type ChangeEvent } from 'react';
import { useTranslations } from 'use-intl/react';
import type { ListRow, TableModel, TableRow } from '#components/data-table/features.ts';

/** A row whose menu was asked for, and the button it was asked with. */
export type MenuAt<T extends ListRow> = { row: T; button: HTMLElement };

type Props<T extends ListRow> = {
  row: TableRow<T>;
  FlexRender: TableModel<T>['FlexRender'];
  /** Changes when other columns are shown. */
  columns: string;
  index: number;
  name: string;
  selectable: boolean;
  selected: boolean;
  /** Where rows have a menu. */
  openMenu: ((at: MenuAt<T>) => void) | undefined;
  faded: boolean;
};

/**
 * One line of 36 px, on a phone a card of two lines. Rows are boxes of their own, so that the browser skips those out of sight
 * (`content-visibility` does nothing on the rows of a real table); their roles are kept whatever their display.
 */
function Line<T extends ListRow>({ row, FlexRender, index, name, selectable, selected, openMenu, faded }: Props<T>) {
  return (
    <tr
      role="row"
      data-id={row.id}
      aria-rowindex={index + 2}
      aria-selected={selectable ? selected : undefined}
      className={`list-row${selectable ? ' list-selectable' : ''}${faded ? ' text-muted' : ''}`}
    >
      {selectable ? (
        <td role="cell" data-column="select" className="list-box">
          <Select name={name} selected={selected} onChange={row.getToggleSelectedHandler()} />
        </td>
      ) : null}
      {row.getVisibleCells().map((cell, at) => (
        <td
          key={cell.id}
          role="cell"
          data-column={cell.column.id}
          data-main={at === 0 ? '' : undefined}
          className={`list-cell ${cell.column.columnDef.meta?.className ?? ''}`}
        >
          <FlexRender cell={cell} />
        </td>
      ))}
      {openMenu ? (
        <td role="cell" data-column="menu" className="list-menu list-on-hover">
          <MenuButton name={name} open={(button) => openMenu({ row: row.original, button })} />
        </td>
      ) : null}
    </tr>
  );
}

function Select({ name, selected, onChange }: { name: string; selected: boolean; onChange: (event: unknown) => void }) {
  const t = useTranslations('list-tools');
  return (
    <label className="list-select">
      <input
        type="checkbox"
        checked={selected}
        onChange={(event: ChangeEvent) => onChange(event)}
        aria-label={t('select', { name })}
      />
    </label>
  );
}

function MenuButton({ name, open }: { name: string; open: (button: HTMLElement) => void }) {
  const t = useTranslations('list-tools');
  return (
    <button
      type="button"
      aria-haspopup="menu"
      aria-label={t('actions-of', { name })}
      title={t('actions')}
      onClick={({ currentTarget }) => open(currentTarget)}
      className="list-button"
    />
  );
}

/** Drawn again only when something of its own changes: there may be thousands. */
export const ListLine = memo(
  Line,
  (was, is) =>
    was.row.original === is.row.original &&
    was.columns === is.columns &&
    was.index === is.index &&
    was.name === is.name &&
    was.selectable === is.selectable &&
    was.selected === is.selected &&
    was.faded === is.faded &&
    Boolean(was.openMenu) === Boolean(is.openMenu),
) as typeof Line;
