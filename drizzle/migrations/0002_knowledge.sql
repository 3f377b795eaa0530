CREATE TABLE "ledger_waiting" (
	"tenant_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"audit_id" text NOT NULL,
	"leaf" text NOT NULL,
	CONSTRAINT "ledger_waiting_tenant_id_at_audit_id_pk" PRIMARY KEY("tenant_id","at","audit_id")
);
--> statement-breakpoint
CREATE TABLE "feature_rebuilds" (
	"tenant_id" text NOT NULL,
	"schema" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"after" text NOT NULL,
	"rows" integer NOT NULL,
	CONSTRAINT "feature_rebuilds_tenant_id_schema_pk" PRIMARY KEY("tenant_id","schema")
);
--> statement-breakpoint
CREATE TABLE "record_changes" (
	"tenant_id" text NOT NULL,
	"key" text NOT NULL,
	"changes" bigint NOT NULL,
	CONSTRAINT "record_changes_tenant_id_key_pk" PRIMARY KEY("tenant_id","key")
);
--> statement-breakpoint
CREATE TABLE "identities" (
	"tenant_id" text NOT NULL,
	"crm" text NOT NULL,
	"object" text NOT NULL,
	"record_id" text NOT NULL,
	"other_crm" text NOT NULL,
	"other_object" text NOT NULL,
	"other_id" text NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"confidence" real NOT NULL,
	"by" text NOT NULL,
	"learnt_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "identities_tenant_id_crm_object_record_id_other_crm_other_object_other_id_learnt_at_pk" PRIMARY KEY("tenant_id","crm","object","record_id","other_crm","other_object","other_id","learnt_at")
);
--> statement-breakpoint
CREATE TABLE "identity_keys" (
	"tenant_id" text NOT NULL,
	"key" text NOT NULL,
	"crm" text NOT NULL,
	"object" text NOT NULL,
	"record_id" text NOT NULL,
	CONSTRAINT "identity_keys_tenant_id_key_crm_object_record_id_pk" PRIMARY KEY("tenant_id","key","crm","object","record_id")
);
--> statement-breakpoint
CREATE TABLE "interactions" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"crm" text NOT NULL,
	"object" text NOT NULL,
	"record_id" text NOT NULL,
	"source" text NOT NULL,
	"type" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"learnt_at" timestamp (3) with time zone NOT NULL,
	"properties" json NOT NULL,
	CONSTRAINT "interactions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "data_keys" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"owner" text NOT NULL,
	"people" text[],
	"wrapped" text,
	"made_at" timestamp (3) with time zone NOT NULL,
	"destroyed_at" timestamp (3) with time zone,
	CONSTRAINT "data_keys_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "event_budgets" (
	"tenant_id" text NOT NULL,
	"left_over" double precision NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "event_budgets_tenant_id_pk" PRIMARY KEY("tenant_id")
);
--> statement-breakpoint
CREATE TABLE "sent_events" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"hash" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"waits_for" text,
	"event" json,
	CONSTRAINT "sent_events_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "suppressed_people" (
	"tenant_id" text NOT NULL,
	"hash" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "suppressed_people_tenant_id_hash_pk" PRIMARY KEY("tenant_id","hash")
);
--> statement-breakpoint
CREATE TABLE "erasures" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"crm" text,
	"object" text,
	"record_id" text,
	"person_hash" text NOT NULL,
	"origin" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"done_at" timestamp (3) with time zone,
	"receipt" jsonb,
	CONSTRAINT "erasures_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "legal_holds" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"crm" text NOT NULL,
	"object" text NOT NULL,
	"record_id" text NOT NULL,
	"reason" text NOT NULL,
	"by" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"lifted_at" timestamp (3) with time zone,
	"lifted_by" text,
	CONSTRAINT "legal_holds_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "objections" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"crm" text NOT NULL,
	"object" text NOT NULL,
	"record_id" text NOT NULL,
	"reason" text NOT NULL,
	"by" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	"withdrawn_by" text,
	CONSTRAINT "objections_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "memories" DROP CONSTRAINT "memories_tenant_id_id_pk";--> statement-breakpoint
ALTER TABLE "record_versions" ALTER COLUMN "record" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "record_versions" ALTER COLUMN "raw" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "memories" ALTER COLUMN "crm" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "memories" ALTER COLUMN "object" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "memories" ALTER COLUMN "record_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "memories" ALTER COLUMN "expires_at" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "feature_rows" ADD COLUMN "sources" text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "feature_rows" ADD COLUMN "changes" bigint NOT NULL;--> statement-breakpoint
ALTER TABLE "feature_rows" ADD COLUMN "open" boolean NOT NULL;--> statement-breakpoint
ALTER TABLE "feature_rows" ADD COLUMN "last_touch_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "feature_rows" ADD COLUMN "values" json NOT NULL;--> statement-breakpoint
ALTER TABLE "feature_rows" ADD COLUMN "words" json NOT NULL;--> statement-breakpoint
ALTER TABLE "entities" ADD COLUMN "email_key" text GENERATED ALWAYS AS (lower("email")) STORED;--> statement-breakpoint
ALTER TABLE "relations" ADD COLUMN "touch_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "record_versions" ADD COLUMN "archived" boolean;--> statement-breakpoint
ALTER TABLE "record_versions" ADD COLUMN "key_id" text;--> statement-breakpoint
ALTER TABLE "record_versions" ADD COLUMN "sealed" "bytea";--> statement-breakpoint
ALTER TABLE "memories" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "memories" ADD COLUMN "state" text DEFAULT 'confirmed' NOT NULL;--> statement-breakpoint
ALTER TABLE "memories" ADD COLUMN "scope" text DEFAULT 'account' NOT NULL;--> statement-breakpoint
ALTER TABLE "memories" ADD COLUMN "holder_kind" text;--> statement-breakpoint
ALTER TABLE "memories" ADD COLUMN "holder_id" text;--> statement-breakpoint
ALTER TABLE "memories" ADD COLUMN "holder_owner_id" text;--> statement-breakpoint
ALTER TABLE "memories" ADD COLUMN "author_name" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "memories" ADD COLUMN "source" jsonb DEFAULT '{"kind":"answer","decisionId":null}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "memories" ADD COLUMN "confidence" double precision DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "memories" ADD COLUMN "ended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "launch_keys" ADD COLUMN "purpose" text DEFAULT 'launch' NOT NULL;--> statement-breakpoint
ALTER TABLE "launch_keys" ADD COLUMN "name" text;--> statement-breakpoint
CREATE INDEX "identities_open" ON "identities" USING btree ("tenant_id","state","learnt_at") WHERE "identities"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "interactions_subject" ON "interactions" USING btree ("tenant_id","crm","object","record_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "data_keys_live" ON "data_keys" USING btree ("tenant_id","owner") WHERE "data_keys"."destroyed_at" is null;--> statement-breakpoint
CREATE INDEX "data_keys_group" ON "data_keys" USING gin ("people") WHERE "data_keys"."people" is not null;--> statement-breakpoint
CREATE INDEX "sent_events_waiting" ON "sent_events" USING btree ("tenant_id","waits_for") WHERE "sent_events"."waits_for" is not null;--> statement-breakpoint
CREATE INDEX "erasures_tenant_id_at_index" ON "erasures" USING btree ("tenant_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "one_due_erasure" ON "erasures" USING btree ("tenant_id","person_hash") WHERE "erasures"."state" = 'due';--> statement-breakpoint
CREATE INDEX "legal_holds_tenant_id_crm_object_record_id_index" ON "legal_holds" USING btree ("tenant_id","crm","object","record_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_objection" ON "objections" USING btree ("tenant_id","crm","object","record_id") WHERE "objections"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "entities_email" ON "entities" USING btree ("tenant_id","email_key") WHERE "entities"."email_key" is not null;--> statement-breakpoint
CREATE INDEX "relations_touch" ON "relations" USING btree ("tenant_id","crm","to_object","to_id","touch_at" DESC NULLS LAST) WHERE "relations"."touch_at" is not null;--> statement-breakpoint
CREATE INDEX "record_versions_plain" ON "record_versions" USING btree ("tenant_id") WHERE "record_versions"."key_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "memory_versions" ON "memories" USING btree ("tenant_id","id","version");--> statement-breakpoint
CREATE INDEX "memories_tenant_id_scope_holder_kind_holder_id_index" ON "memories" USING btree ("tenant_id","scope","holder_kind","holder_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_memory_version_now" ON "memories" USING btree ("tenant_id","id") WHERE "memories"."ended_at" is null;--> statement-breakpoint
ALTER TABLE "feature_rows" DROP COLUMN "row";--> statement-breakpoint
ALTER TABLE "relations" DISABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "touches" DISABLE ROW LEVEL SECURITY;
--> statement-breakpoint
UPDATE "relations" SET "touch_at" = "latest"."at" FROM (SELECT "tenant_id", "crm", "object", "record_id", max("at") AS "at" FROM "touches" GROUP BY 1, 2, 3, 4) "latest" WHERE "relations"."tenant_id" = "latest"."tenant_id" AND "relations"."crm" = "latest"."crm" AND "relations"."object" = "latest"."object" AND "relations"."record_id" = "latest"."record_id";

--> statement-breakpoint
ALTER TABLE "audit_log" DISABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "ledger_leaves" DISABLE ROW LEVEL SECURITY;
--> statement-breakpoint
INSERT INTO "ledger_waiting" ("tenant_id", "at", "audit_id", "leaf") SELECT "a"."tenant_id", "a"."at", "a"."id", "a"."leaf" FROM "audit_log" "a" WHERE NOT EXISTS (SELECT 1 FROM "ledger_leaves" "l" WHERE "l"."tenant_id" = "a"."tenant_id" AND "l"."audit_id" = "a"."id");
