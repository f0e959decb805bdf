'use client';
import { createContext, use } from 'react';
import type { Action } from './actions';

/** All actions of the page, given once by the editor. */
export const ActionsContext = createContext<readonly Action[]>([]);
export const useActions = (): readonly Action[] => use(ActionsContext);
