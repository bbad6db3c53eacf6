import { Button, Input, Modal } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import { refreshEntity, useList } from '../api/records.ts';
import type { MetaEntity, WireRecord } from '../api/types.ts';
import { openCreate } from '../form/create.ts';
import { ask } from '../shell/ask.tsx';
import { useDebounced } from '../shell/hooks.ts';
import { MenuItems, Pop } from '../shell/Pop.tsx';
import { FailedPage, PageSkeleton } from '../shell/StatusPage.tsx';
import { toast, toastError } from '../shell/toasts.tsx';
import { CopyLine } from './CopyLine.tsx';
import { EditDialog } from './EditDialog.tsx';
import { RecordTable } from './RecordTable.tsx';

const MoveDialog = lazy(() => import('./MoveDialog.tsx').then((m) => ({ default: m.MoveDialog })));
const COLUMNS = ['name', 'jobTitle', 'department', 'phone', 'email', 'roles', 'status', 'sample'];

/** People: invite, change, move, end access. */
export function UsersPage() {
  const { t } = useTranslation();
  const entity = useMeta().entity('user') as MetaEntity;
  const [typed, setTyped] = useState('');
  const q = useDebounced(typed.trim(), 200);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useList(entity.plural, {
    sort: 'name',
    ...(q ? { q } : {}),
  });
  const [link, setLink] = useState<{ link: string; name: string; mailed?: boolean } | null>(null);
  const [moving, setMoving] = useState<WireRecord | null>(null);
  const [editing, setEditing] = useState<WireRecord | null>(null);
  const command = async (user: WireRecord, name: string, said?: string) => {
    try {
      const answer = await post<{ link?: string; mailed?: boolean } | undefined>(
        `/${entity.plural}/${user.id}/${name}`,
      );
      if (answer?.link)
        setLink({ link: answer.link, name: user.title, ...(answer.mailed ? { mailed: true } : {}) });
      if (said) toast(t(said, { name: user.title }));
      refreshEntity(entity.plural);
    } catch (failure) {
      toastError(failure);
    }
  };
  const deactivate = async (user: WireRecord) => {
    const yes = await ask({
      title: t('users.deactivateTitle', { name: user.title }),
      body: t('users.deactivateText'),
      action: t('users.deactivate'),
      danger: true,
    });
    if (yes) await command(user, 'deactivate', 'users.deactivated');
  };
  const add = async () => {
    const made = await openCreate(entity);
    if (made) await command(made, 'invite');
  };
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  return (
    <>
      <div className="head">
        <h1 tabIndex={-1}>{t('admin.users')}</h1>
        <span className="fill" />
        <Input
          aria-label={t('users.search')}
          placeholder={t('users.search')}
          value={typed}
          allowClear
          onChange={(event) => setTyped(event.target.value)}
          style={{ width: 200 }}
        />
        <Button type="primary" onClick={() => void add()}>
          {t('users.invite')}
        </Button>
      </div>
      {!data ? (
        <PageSkeleton />
      ) : (
        <RecordTable
          entity={entity}
          columns={COLUMNS}
          rows={rows}
          hasMore={hasNextPage}
          busy={isFetchingNextPage}
          onMore={() => void fetchNextPage()}
          actions={(user) => (
            <Pop
              role="menu"
              align="end"
              label={t('more')}
              trigger={(props) => (
                <button
                  type="button"
                  className="icon-button"
                  {...props}
                  aria-label={t('users.menu', { name: user.title })}
                >
                  ⋯
                </button>
              )}
            >
              {(close) => (
                <MenuItems
                  close={close}
                  items={[
                    { key: 'edit', label: t('edit'), run: () => setEditing(user) },
                    user.status !== 'deactivated' && {
                      key: 'invite',
                      label: t('users.link'),
                      run: () => void command(user, 'invite'),
                    },
                    { key: 'move', label: t('users.move'), run: () => setMoving(user) },
                    {
                      key: 'reset',
                      label: t('users.resetTwoFactor'),
                      run: () => void command(user, 'reset-two-factor', 'users.twoFactorReset'),
                    },
                    null,
                    user.status === 'deactivated'
                      ? {
                          key: 'activate',
                          label: t('users.activate'),
                          run: () => void command(user, 'activate', 'users.activated'),
                        }
                      : {
                          key: 'deactivate',
                          label: t('users.deactivate'),
                          danger: true,
                          run: () => void deactivate(user),
                        },
                  ]}
                />
              )}
            </Pop>
          )}
        />
      )}
      <Modal
        open={!!link}
        width={520}
        title={t('users.linkTitle', { name: link?.name })}
        footer={<Button onClick={() => setLink(null)}>{t('close')}</Button>}
        onCancel={() => setLink(null)}
      >
        <p>{t(link?.mailed ? 'users.linkMailed' : 'users.linkText')}</p>
        <CopyLine text={link?.link ?? ''} label={t('users.link')} />
      </Modal>
      {editing && <EditDialog entity={entity} record={editing} onClose={() => setEditing(null)} />}
      <Suspense fallback={null}>
        {moving && <MoveDialog user={moving} onClose={() => setMoving(null)} />}
      </Suspense>
    </>
  );
}
