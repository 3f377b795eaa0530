import React from 'react';
import { Accordion, Flex, Heading, List, StatusTag, Text } from '@hubspot/ui-extensions';
import type { Reason, Score } from './view.ts';

const tags = { hot: 'success', warm: 'warning', cold: 'default' } as const;
const words = { hot: 'Hot', warm: 'Warm', cold: 'Cold' } as const;
const mostReasons = 3;

const signed = (points: number): string => `${points > 0 ? '+' : '−'}${Math.abs(Math.round(points))}`;

/** The reasons that moved the score most, whichever way. */
export const topReasons = ({ reasons }: Score): Reason[] =>
  [...reasons.up, ...reasons.down]
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points))
    .slice(0, mostReasons);

/** The score with how sure it is, and why. Nothing is told by colour alone. */
export const ScorePart = ({ score }: { score: Score }) => (
  <Flex direction="column" gap="small">
    <Flex direction="row" gap="small" align="center">
      <Heading>{`Score ${score.value} of 100`}</Heading>
      <StatusTag variant={tags[score.band]}>{words[score.band]}</StatusTag>
    </Flex>
    <Text variant="microcopy">
      {`80 % interval ${Math.round(score.low * 100)} to ${Math.round(score.high * 100)} · confidence ${Math.round(score.confidence * 100)} %`}
    </Text>
    <List variant="unordered-styled">
      {topReasons(score).map(reason => (
        <Text key={reason.text}>{`${signed(reason.points)} points: ${reason.text}`}</Text>
      ))}
    </List>
    <Evidence reasons={topReasons(score)} />
  </Flex>
);

const Evidence = ({ reasons }: { reasons: Reason[] }) => {
  const quotes = reasons.flatMap(({ evidence }) => evidence);
  return quotes.length === 0 ? null : (
    <Accordion title="Evidence" size="xs">
      <List variant="unordered">
        {quotes.map(({ snippet, at, url }) => (
          <Text key={`${url}${at}${snippet}`}>{`“${snippet}” (${at.slice(0, 10)})`}</Text>
        ))}
      </List>
    </Accordion>
  );
};
