import React from 'react';
import { Alert, Button, EmptyState, ErrorState, Flex, LoadingSpinner, Text } from '@hubspot/ui-extensions';
import type { View } from './view.ts';

export const Loading = () => <LoadingSpinner label="Reading from Sidecard" showLabel />;

export const SetUpProblem = ({ text }: { text: string }) => (
  <ErrorState title="Sidecard is not set up here" type="support">
    <Text>{text}</Text>
  </ErrorState>
);

/** Nothing could be read: why, and another try. */
export const Unread = ({ title, text, onRetry }: { title: string; text: string; onRetry: () => void }) => (
  <ErrorState title={title}>
    <Flex direction="column" gap="small" align="start">
      <Text>{text}</Text>
      <Button onClick={onRetry}>Try again</Button>
    </Flex>
  </ErrorState>
);

export const NothingYet = ({ text, onRetry }: { text: string; onRetry: () => void }) => (
  <EmptyState title="Nothing here yet" layout="vertical" flush>
    <Flex direction="column" gap="small" align="start">
      <Text>{text}</Text>
      <Button onClick={onRetry}>Look again</Button>
    </Flex>
  </EmptyState>
);

const variants = { info: 'info', warning: 'warning', problem: 'danger' } as const;
const titles = { info: 'Good to know', warning: 'Mind this', problem: 'Something is wrong' } as const;

/** What a person should know before believing what they see. */
export const Notices = ({ states }: { states: View['states'] }) => (
  <>
    {states.map(({ name, level, text }) => (
      <Alert key={name} title={titles[level]} variant={variants[level]}>
        {text}
      </Alert>
    ))}
  </>
);
