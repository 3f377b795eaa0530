import type { Status } from './view.ts';

interface Word {
  title: string;
  variant: 'info' | 'warning' | 'success' | 'default';
}

/** Where a suggestion stands, in words. */
export const statusWords: Readonly<Record<Status, Word>> = {
  open: { title: 'Waits for you', variant: 'info' },
  approved: { title: 'Being written to HubSpot', variant: 'info' },
  applied: { title: 'Written to HubSpot', variant: 'success' },
  parked: { title: 'HubSpot did not take it', variant: 'warning' },
  rejected: { title: 'Rejected', variant: 'default' },
  snoozed: { title: 'Snoozed', variant: 'default' },
  superseded: { title: 'Replaced by a newer one', variant: 'default' },
  expired: { title: 'Out of time', variant: 'default' },
  denied: { title: 'Not allowed', variant: 'warning' },
  abstained: { title: 'No suggestion', variant: 'default' },
  undoing: { title: 'Being undone', variant: 'info' },
  undone: { title: 'Undone', variant: 'default' },
};
