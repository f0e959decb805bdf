'use client';
import { Deferred } from './deferred';
import { MissingNotice } from './missing-notice';
import { part } from './part';

const ToastList = part('messages', () => import('./toast-list').then((module) => module.ToastList), {
  instead: () => null,
});

/** Once per page: where the messages stand. */
export const Toaster = () => (
  <>
    <MissingNotice />
    <Deferred>
      <ToastList />
    </Deferred>
  </>
);
