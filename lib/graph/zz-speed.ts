import { sql } from 'drizzle-orm';
import { openEmbedded } from '#lib/platform/open-db.ts';
import { migrate } from '#lib/platform/migrate.ts';
import { project } from '#lib/graph/graph.ts';
import { listKnown, listNeighbours } from './store-neighbours.ts';
import { listTouches } from './store-touches.ts';
import { readHistory, readNewest } from './store-values.ts';
const o = await openEmbedded(null); await migrate(o);
const at = (n:number)=>new Date(Date.UTC(2026,0,1)+n*3600e3).toISOString();
const rec=(object:any,id:string,fields:any,links:any[]=[],history:any[]=[])=>({ref:{crm:'hubspot' as const,object,id},version:'v',createdAt:at(Number(id)%1000),updatedAt:at(2000),archived:false,fields,history,links});
const f=(n:number)=>Object.fromEntries(Array.from({length:n},(_,i)=>['field_'+i, i<n*0.6? 'value '+i*7:null]));
const L=(object:any,id:any)=>({to:{crm:'hubspot' as const,object,id:String(id)},kind:'plain'});
const rs:any[]=[];
for(let i=1;i<=120;i++)rs.push(rec('companies',''+i,{name:'C'+i,...f(60)}));
for(let i=1;i<=400;i++)rs.push(rec('contacts',''+i,{firstname:'P'+i,hubspot_owner_id:'1',...f(70)},[L('companies',i%120+1)],[{field:'lifecyclestage',value:'lead',at:at(5),source:null},{field:'lifecyclestage',value:'mql',at:at(50),source:null}]));
for(let i=1;i<=300;i++)rs.push(rec('deals',''+i,{dealname:'D'+i,...f(50)},[L('companies',i%120+1),L('contacts',i)]));
for(let i=1;i<=3200;i++)rs.push(rec('emails',''+i,{hs_email_subject:'s'+i,hs_email_text:'text '.repeat(100),hs_timestamp:at(i/2)},[L('contacts',i%400+1),L('companies',i%120+1)]));
await o.db.tenant('a',tx=>project(tx,rs,at(3000)));
const when={asOf:at(3500),view:'as-learnt' as const};
if (process.argv[2]) await o.db.owner.execute(sql`analyze`);
for (const n of [1,400]) { const refs=Array.from({length:n},(_,i)=>({crm:'hubspot' as const,object:'contacts' as const,id:''+(i+1)}));
await o.db.tenant('a',async tx=>{ 
 const T=async(name:string,w:()=>Promise<any>)=>{const t=performance.now(); const r=await w(); console.log(n,name,Math.round(performance.now()-t), r.length??r.size);};
 for (let k=0;k<2;k++){
 await T('known',()=>listKnown(tx,refs,when));
 await T('near',()=>listNeighbours(tx,refs,['contacts','companies','deals'],200,when));
 await T('history',()=>readHistory(tx,refs,when));
 await T('newest',()=>readNewest(tx,refs,when));
 await T('touches',()=>listTouches(tx,refs.map((subject,i)=>({i,subject})),when));
 }
});}
await o.db.close();
