import React from 'react';
import { hubspot } from '@hubspot/ui-extensions';
import { RecordCard } from './record-card.tsx';
import { SetUpProblem } from './states.tsx';
import { placeOf } from './place.ts';

hubspot.extend<'crm.record.sidebar' | 'crm.record.tab'>(({ context, actions }) => {
  const place = placeOf(context);
  return typeof place === 'string' ? (
    <SetUpProblem text={place} />
  ) : (
    <RecordCard
      place={place}
      onOpen={(uri, onClose) =>
        actions.openIframeModal({ uri, width: 720, height: 800, title: 'Sidecard' }, onClose)
      }
      onChanged={() => actions.refreshObjectProperties()}
    />
  );
});
