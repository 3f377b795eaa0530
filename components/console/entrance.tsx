import { Notice } from '#components/ui/notice.tsx';
import { PageHead, Panel } from '#components/ui/panel.tsx';
import { ConnectLinks, type ConnectionPanelProps } from './connection-panel.tsx';

export interface EntranceProps extends Pick<ConnectionPanelProps, 'links'> {
  to: 'connect' | 'sign-in';
  /** The CRM that is connected, or was; null: none ever. */
  crm: string | null;
  /** What is wrong with the connection. */
  trouble: string | null;
}

/** Stands where every page would for somebody who is not signed in. */
export function Entrance({ to, crm, trouble, links }: EntranceProps) {
  return (
    <div className="mx-auto max-w-2xl">
      <PageHead
        title={to === 'sign-in' ? 'Sign in' : crm === null ? 'Connect your CRM' : `Connect ${crm} again`}
      />
      {trouble !== null && (
        <div className="mb-4">
          <Notice level="warning" title={trouble} />
        </div>
      )}
      <Panel
        title={to === 'sign-in' ? 'Your CRM says who you are' : 'Sidecard works on the records of your CRM'}
        id="entrance"
      >
        <div className="space-y-3">
          {to === 'sign-in' ? (
            <SignIn crm={crm ?? 'the CRM'} links={links} />
          ) : (
            <Connect crm={crm} links={links} />
          )}
        </div>
      </Panel>
    </div>
  );
}

function SignIn({ crm, links }: { crm: string } & Pick<EntranceProps, 'links'>) {
  return (
    <>
      <p>You are not signed in, or no longer. There is no password: {crm} vouches for you.</p>
      <p>Open a record in {crm}: the Sidecard card there knows you.</p>
      {links.length > 0 && (
        <>
          <p>Or sign in here. {crm} asks you once more whether Sidecard may know who you are.</p>
          <ConnectLinks links={links} word="Sign in with" />
        </>
      )}
    </>
  );
}

function Connect({ crm, links }: Pick<EntranceProps, 'crm' | 'links'>) {
  if (links.length === 0)
    return <p>The CRM is not connected. Run “npm run sidecard -- connect” where Sidecard is installed.</p>;
  return (
    <>
      <p>
        {crm === null
          ? 'An admin of the CRM gives Sidecard access, and becomes its first admin.'
          : `An admin of Sidecard gives it access to ${crm} again. Records, decisions and the ledger are still here, and work goes on from there.`}
      </p>
      <p>Nothing is written to the CRM before an admin turns writing on under Settings.</p>
      <ConnectLinks links={links} word={crm === null ? 'Connect' : 'Reconnect'} />
    </>
  );
}
