/** A field, possibly of a related record: ["Account", "Name"]. `at` is where it stands in the text. */
export type Path = { names: string[]; at: number };

export type Literal =
  | { kind: 'string'; text: string; like: string }
  | { kind: 'number'; value: number }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'date' | 'datetime'; text: string }
  /** TODAY, LAST_N_DAYS:7 and so on. */
  | { kind: 'period'; name: string; n: number }
  | { kind: 'null' };

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'like';

export type Condition =
  | { kind: 'and' | 'or'; parts: Condition[] }
  | { kind: 'not'; part: Condition }
  | { kind: 'compare'; path: Path; operator: Operator; value: Literal }
  | { kind: 'in'; path: Path; negated: boolean; values: Literal[] | Query };

export type Selected =
  | { kind: 'field'; path: Path }
  | { kind: 'all'; which: 'ALL' | 'STANDARD' | 'CUSTOM' }
  | { kind: 'children'; query: Query };

export type Order = { path: Path; descending: boolean; nullsLast: boolean };

export type Query = {
  select: Selected[];
  /** SELECT COUNT(): the number alone. */
  count: boolean;
  from: string;
  fromAt: number;
  where: Condition | undefined;
  orderBy: Order[];
  limit: number | undefined;
  offset: number;
  text: string;
};
