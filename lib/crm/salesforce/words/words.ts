/** Words of the house by the names of Salesforce's fields. */
export type Words = Readonly<Record<string, string>>;
