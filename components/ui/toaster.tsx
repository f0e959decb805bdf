'use client';
import { lazy } from 'react';
import { Deferred } from './deferred';

const ToastList = lazy(() => import('./toast-list').then((module) => ({ default: module.ToastList })));

/** Once per page: where the messages stand. */
export const Toaster = () => (
  <Deferred>
    <ToastList />
  </Deferred>
);
