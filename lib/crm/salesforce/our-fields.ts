/** Fields that Sidecard keeps in Salesforce; they come with the package in extensions/salesforce. */
export const changeKey = 'Sidecard_Change_Id__c';
export const decisionKey = 'Sidecard_Decision_Id__c';

const score = ['Sidecard_Score__c', 'Sidecard_Band__c', 'Sidecard_Scored_At__c'];
export const lastChange = 'Sidecard_Last_Change__c';
/** As long as that field is. */
export const longestLastChange = 255;

export const ourFields: Readonly<Record<string, readonly string[]>> = {
  Task: [changeKey, decisionKey],
  Lead: [...score, lastChange],
  Contact: [...score, lastChange],
  Account: [lastChange],
  Opportunity: [lastChange],
};
