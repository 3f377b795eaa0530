/** Where the place of a CRM's change feed stands among the states of its objects. */
export const feedRow = 'change-feed';
