import { WithMessages } from '#components/shell/with-messages.tsx';
import { savedViews } from '#lib/views/of-request.ts';
import type { ViewsRoom } from '#lib/views/view-query.ts';
import { ServerColumns, type ServerColumnsProps } from './server-columns.tsx';
import { ViewsMenu } from './views-menu.tsx';

type Props = { views: ViewsRoom; columns?: ServerColumnsProps };

/** The tools beside the filters of a list: saved views and columns. */
export async function ListTools({ views, columns }: Props) {
  return (
    <WithMessages of={['list-tools']}>
      <div className="ml-auto flex gap-1">
        <ViewsMenu room={views} first={await savedViews(views)} />
        {columns ? <ServerColumns {...columns} /> : null}
      </div>
    </WithMessages>
  );
}
