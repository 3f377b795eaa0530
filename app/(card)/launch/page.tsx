import { Enter } from './enter.tsx';

/** Where a CRM's page opens ours: the token behind the # becomes a session, and the record's card follows. */
export default function LaunchPage() {
  return <Enter />;
}
