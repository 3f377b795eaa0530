CREATE TABLE "crm_connections" (
	"tenant_id" text NOT NULL,
	"crm" text NOT NULL,
	"name" text NOT NULL,
	"account_id" text NOT NULL,
	"currency" text NOT NULL,
	"api_url" text NOT NULL,
	"app_url" text NOT NULL,
	"sealed_secrets" text NOT NULL,
	"kind" text NOT NULL,
	"state" jsonb NOT NULL,
	"connected_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "crm_connections_tenant_id_pk" PRIMARY KEY("tenant_id")
);
--> statement-breakpoint
CREATE TABLE "answers" (
	"tenant_id" text NOT NULL,
	"decision_id" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"kind" text NOT NULL,
	"changes_hash" text NOT NULL,
	"by" jsonb NOT NULL,
	"reason" text,
	"until" timestamp (3) with time zone,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "answers_tenant_id_decision_id_idempotency_key_pk" PRIMARY KEY("tenant_id","decision_id","idempotency_key")
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"decision_id" text,
	"actor" text NOT NULL,
	"entry" jsonb NOT NULL,
	"leaf" text NOT NULL,
	CONSTRAINT "audit_log_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "audit_private" (
	"tenant_id" text NOT NULL,
	"audit_id" text NOT NULL,
	"salt" text NOT NULL,
	"value" jsonb NOT NULL,
	CONSTRAINT "audit_private_tenant_id_audit_id_pk" PRIMARY KEY("tenant_id","audit_id")
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"crm" text NOT NULL,
	"object" text NOT NULL,
	"record_id" text NOT NULL,
	"task" text NOT NULL,
	"status" text NOT NULL,
	"status_reason" text,
	"trigger_key" text NOT NULL,
	"changes_hash" text,
	"suggestion" jsonb NOT NULL,
	"lineage" jsonb NOT NULL,
	"owner_id" text,
	"superseded_by" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	CONSTRAINT "decisions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "latest_scores" (
	"tenant_id" text NOT NULL,
	"crm" text NOT NULL,
	"object" text NOT NULL,
	"record_id" text NOT NULL,
	"value" integer NOT NULL,
	"band" text NOT NULL,
	"probability" double precision NOT NULL,
	"scored_at" timestamp (3) with time zone NOT NULL,
	"score" jsonb NOT NULL,
	CONSTRAINT "latest_scores_tenant_id_crm_object_record_id_pk" PRIMARY KEY("tenant_id","crm","object","record_id")
);
--> statement-breakpoint
CREATE TABLE "ledger_heads" (
	"tenant_id" text NOT NULL,
	"size" bigint NOT NULL,
	"root" text NOT NULL,
	"frontier" jsonb NOT NULL,
	"previous" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ledger_heads_tenant_id_size_pk" PRIMARY KEY("tenant_id","size")
);
--> statement-breakpoint
CREATE TABLE "ledger_leaves" (
	"tenant_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"audit_id" text NOT NULL,
	"leaf" text NOT NULL,
	CONSTRAINT "ledger_leaves_tenant_id_seq_pk" PRIMARY KEY("tenant_id","seq")
);
--> statement-breakpoint
CREATE TABLE "moments" (
	"tenant_id" text NOT NULL,
	"decision_id" text NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by" text,
	CONSTRAINT "moments_tenant_id_decision_id_kind_pk" PRIMARY KEY("tenant_id","decision_id","kind")
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"release_id" text NOT NULL,
	"state" text NOT NULL,
	"rows" integer NOT NULL,
	"root" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"problem" text,
	CONSTRAINT "runs_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "scores" (
	"tenant_id" text NOT NULL,
	"crm" text NOT NULL,
	"object" text NOT NULL,
	"record_id" text NOT NULL,
	"scored_at" timestamp (3) with time zone NOT NULL,
	"score" jsonb NOT NULL,
	"run_id" text,
	CONSTRAINT "scores_tenant_id_crm_object_record_id_scored_at_pk" PRIMARY KEY("tenant_id","crm","object","record_id","scored_at")
);
--> statement-breakpoint
CREATE TABLE "feature_rows" (
	"tenant_id" text NOT NULL,
	"crm" text NOT NULL,
	"object" text NOT NULL,
	"record_id" text NOT NULL,
	"schema" text NOT NULL,
	"as_of" timestamp (3) with time zone NOT NULL,
	"row" jsonb NOT NULL,
	CONSTRAINT "feature_rows_tenant_id_crm_object_record_id_schema_pk" PRIMARY KEY("tenant_id","crm","object","record_id","schema")
);
--> statement-breakpoint
CREATE TABLE "entities" (
	"tenant_id" text NOT NULL,
	"crm" text NOT NULL,
	"object" text NOT NULL,
	"record_id" text NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"owner_id" text,
	"version" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"learnt_at" timestamp (3) with time zone NOT NULL,
	"first_learnt_at" timestamp (3) with time zone NOT NULL,
	"archived" boolean NOT NULL,
	"fields" jsonb NOT NULL,
	CONSTRAINT "entities_tenant_id_crm_object_record_id_pk" PRIMARY KEY("tenant_id","crm","object","record_id")
);
--> statement-breakpoint
CREATE TABLE "facts" (
	"tenant_id" text NOT NULL,
	"crm" text NOT NULL,
	"object" text NOT NULL,
	"record_id" text NOT NULL,
	"name" text NOT NULL,
	"value" text,
	"valid_at" timestamp (3) with time zone NOT NULL,
	"learnt_at" timestamp (3) with time zone NOT NULL,
	"record_at" timestamp (3) with time zone NOT NULL,
	"version" text NOT NULL,
	CONSTRAINT "facts_tenant_id_crm_object_record_id_name_valid_at_learnt_at_pk" PRIMARY KEY("tenant_id","crm","object","record_id","name","valid_at","learnt_at")
);
--> statement-breakpoint
CREATE TABLE "projected_versions" (
	"tenant_id" text NOT NULL,
	"crm" text NOT NULL,
	"object" text NOT NULL,
	"record_id" text NOT NULL,
	"version" text NOT NULL,
	CONSTRAINT "projected_versions_tenant_id_crm_object_record_id_version_pk" PRIMARY KEY("tenant_id","crm","object","record_id","version")
);
--> statement-breakpoint
CREATE TABLE "relations" (
	"tenant_id" text NOT NULL,
	"crm" text NOT NULL,
	"object" text NOT NULL,
	"record_id" text NOT NULL,
	"to_object" text NOT NULL,
	"to_id" text NOT NULL,
	"kind" text NOT NULL,
	"valid_at" timestamp (3) with time zone NOT NULL,
	"learnt_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"version" text NOT NULL,
	CONSTRAINT "relations_tenant_id_crm_object_record_id_to_object_to_id_kind_learnt_at_pk" PRIMARY KEY("tenant_id","crm","object","record_id","to_object","to_id","kind","learnt_at")
);
--> statement-breakpoint
CREATE TABLE "touches" (
	"tenant_id" text NOT NULL,
	"crm" text NOT NULL,
	"object" text NOT NULL,
	"record_id" text NOT NULL,
	"version" text NOT NULL,
	"learnt_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"channel" text NOT NULL,
	"direction" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"status" text NOT NULL,
	"status_at" timestamp (3) with time zone NOT NULL,
	"owner_id" text,
	"thread_id" text,
	"our_change" text,
	"archived" boolean NOT NULL,
	CONSTRAINT "touches_tenant_id_crm_object_record_id_version_pk" PRIMARY KEY("tenant_id","crm","object","record_id","version")
);
--> statement-breakpoint
CREATE TABLE "inbound_events" (
	"tenant_id" text NOT NULL,
	"key" text NOT NULL,
	"crm" text NOT NULL,
	"object" text NOT NULL,
	"record_id" text NOT NULL,
	"event" jsonb NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"taken_at" timestamp (3) with time zone,
	CONSTRAINT "inbound_events_tenant_id_key_pk" PRIMARY KEY("tenant_id","key")
);
--> statement-breakpoint
CREATE TABLE "record_versions" (
	"tenant_id" text NOT NULL,
	"crm" text NOT NULL,
	"object" text NOT NULL,
	"record_id" text NOT NULL,
	"version" text NOT NULL,
	"hash" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"learnt_at" timestamp (3) with time zone NOT NULL,
	"record" jsonb NOT NULL,
	"raw" jsonb NOT NULL,
	CONSTRAINT "record_versions_tenant_id_crm_object_record_id_version_pk" PRIMARY KEY("tenant_id","crm","object","record_id","version")
);
--> statement-breakpoint
CREATE TABLE "sync_states" (
	"tenant_id" text NOT NULL,
	"crm" text NOT NULL,
	"object" text NOT NULL,
	"cursor" text,
	"done" boolean NOT NULL,
	"records" integer NOT NULL,
	"modified_up_to" timestamp (3) with time zone,
	"last_at" timestamp (3) with time zone NOT NULL,
	"problem" text,
	CONSTRAINT "sync_states_tenant_id_crm_object_pk" PRIMARY KEY("tenant_id","crm","object")
);
--> statement-breakpoint
CREATE TABLE "unsettled_records" (
	"tenant_id" text NOT NULL,
	"crm" text NOT NULL,
	"object" text NOT NULL,
	"record_id" text NOT NULL,
	"first_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "unsettled_records_tenant_id_crm_object_record_id_pk" PRIMARY KEY("tenant_id","crm","object","record_id")
);
--> statement-breakpoint
CREATE TABLE "failures" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"what" text NOT NULL,
	"where" text NOT NULL,
	"text" text NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	CONSTRAINT "failures_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "memories" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"crm" text NOT NULL,
	"object" text NOT NULL,
	"record_id" text NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"author" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "memories_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "deal_changes" (
	"tenant_id" text NOT NULL,
	"crm" text NOT NULL,
	"record_id" text NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"from_value" text,
	"to_value" text,
	CONSTRAINT "deal_changes_tenant_id_crm_record_id_kind_at_pk" PRIMARY KEY("tenant_id","crm","record_id","kind","at")
);
--> statement-breakpoint
CREATE TABLE "deal_rollups" (
	"tenant_id" text NOT NULL,
	"crm" text NOT NULL,
	"pipeline_id" text NOT NULL,
	"stage_id" text NOT NULL,
	"owner_id" text NOT NULL,
	"currency" text NOT NULL,
	"count" integer NOT NULL,
	"missing_amount" integer NOT NULL,
	"amount_minor" bigint NOT NULL,
	CONSTRAINT "deal_rollups_tenant_id_crm_pipeline_id_stage_id_owner_id_currency_pk" PRIMARY KEY("tenant_id","crm","pipeline_id","stage_id","owner_id","currency")
);
--> statement-breakpoint
CREATE TABLE "deal_spells" (
	"tenant_id" text NOT NULL,
	"crm" text NOT NULL,
	"record_id" text NOT NULL,
	"stage_id" text NOT NULL,
	"entered_at" timestamp (3) with time zone NOT NULL,
	"left_at" timestamp (3) with time zone,
	"silence_hours" integer,
	CONSTRAINT "deal_spells_tenant_id_crm_record_id_entered_at_pk" PRIMARY KEY("tenant_id","crm","record_id","entered_at")
);
--> statement-breakpoint
CREATE TABLE "deals" (
	"tenant_id" text NOT NULL,
	"crm" text NOT NULL,
	"record_id" text NOT NULL,
	"version" text NOT NULL,
	"name" text NOT NULL,
	"pipeline_id" text NOT NULL,
	"stage_id" text NOT NULL,
	"amount_minor" bigint,
	"currency" text NOT NULL,
	"close_date" timestamp (3) with time zone,
	"owner_id" text,
	"account_id" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"stage_since" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"state" text NOT NULL,
	"people" integer NOT NULL,
	"last_touch_at" timestamp (3) with time zone,
	"last_reply_at" timestamp (3) with time zone,
	"unanswered" integer NOT NULL,
	"planned_until" timestamp (3) with time zone,
	"pushes" integer NOT NULL,
	"problems" jsonb NOT NULL,
	"archived" boolean NOT NULL,
	"refreshed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "deals_tenant_id_crm_record_id_pk" PRIMARY KEY("tenant_id","crm","record_id")
);
--> statement-breakpoint
CREATE TABLE "pipeline_stages" (
	"tenant_id" text NOT NULL,
	"crm" text NOT NULL,
	"pipeline_id" text NOT NULL,
	"stage_id" text NOT NULL,
	"pipeline_name" text NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"probability_bp" integer NOT NULL,
	"closed" boolean NOT NULL,
	"won" boolean NOT NULL,
	CONSTRAINT "pipeline_stages_tenant_id_crm_pipeline_id_stage_id_pk" PRIMARY KEY("tenant_id","crm","pipeline_id","stage_id")
);
--> statement-breakpoint
CREATE TABLE "artifacts" (
	"tenant_id" text NOT NULL,
	"hash" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"body" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "artifacts_tenant_id_hash_pk" PRIMARY KEY("tenant_id","hash")
);
--> statement-breakpoint
CREATE TABLE "release_aliases" (
	"tenant_id" text NOT NULL,
	"alias" text NOT NULL,
	"release_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "release_aliases_tenant_id_alias_pk" PRIMARY KEY("tenant_id","alias")
);
--> statement-breakpoint
CREATE TABLE "releases" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"artifacts" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "releases_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "contact_budget" (
	"tenant_id" text NOT NULL,
	"crm" text NOT NULL,
	"object" text NOT NULL,
	"record_id" text NOT NULL,
	"change_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "contact_budget_tenant_id_crm_object_record_id_change_id_pk" PRIMARY KEY("tenant_id","crm","object","record_id","change_id")
);
--> statement-breakpoint
CREATE TABLE "contact_budget_locks" (
	"tenant_id" text NOT NULL,
	"crm" text NOT NULL,
	"object" text NOT NULL,
	"record_id" text NOT NULL,
	CONSTRAINT "contact_budget_locks_tenant_id_crm_object_record_id_pk" PRIMARY KEY("tenant_id","crm","object","record_id")
);
--> statement-breakpoint
CREATE TABLE "writes" (
	"tenant_id" text NOT NULL,
	"change_id" text NOT NULL,
	"direction" text NOT NULL,
	"decision_id" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"before" jsonb,
	"receipt" jsonb,
	"problem" text,
	"reserved_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "writes_tenant_id_change_id_direction_pk" PRIMARY KEY("tenant_id","change_id","direction")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "crm_connections_crm_account_id_index" ON "crm_connections" USING btree ("crm","account_id");--> statement-breakpoint
CREATE INDEX "audit_log_tenant_id_decision_id_index" ON "audit_log" USING btree ("tenant_id","decision_id");--> statement-breakpoint
CREATE INDEX "audit_log_tenant_id_at_index" ON "audit_log" USING btree ("tenant_id","at");--> statement-breakpoint
CREATE INDEX "decisions_tenant_id_crm_object_record_id_created_at_index" ON "decisions" USING btree ("tenant_id","crm","object","record_id","created_at");--> statement-breakpoint
CREATE INDEX "decisions_tenant_id_status_created_at_index" ON "decisions" USING btree ("tenant_id","status","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_tenant_id_trigger_key_index" ON "decisions" USING btree ("tenant_id","trigger_key");--> statement-breakpoint
CREATE UNIQUE INDEX "one_open_decision" ON "decisions" USING btree ("tenant_id","crm","object","record_id","task") WHERE "decisions"."status" = 'open';--> statement-breakpoint
CREATE INDEX "latest_scores_tenant_id_value_index" ON "latest_scores" USING btree ("tenant_id","value");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_leaves_tenant_id_audit_id_index" ON "ledger_leaves" USING btree ("tenant_id","audit_id");--> statement-breakpoint
CREATE INDEX "scores_tenant_id_run_id_index" ON "scores" USING btree ("tenant_id","run_id");--> statement-breakpoint
CREATE INDEX "entities_tenant_id_object_name_index" ON "entities" USING btree ("tenant_id","object","name");--> statement-breakpoint
CREATE INDEX "relations_tenant_id_crm_to_object_to_id_object_index" ON "relations" USING btree ("tenant_id","crm","to_object","to_id","object");--> statement-breakpoint
CREATE INDEX "inbound_events_tenant_id_crm_object_record_id_taken_at_index" ON "inbound_events" USING btree ("tenant_id","crm","object","record_id","taken_at");--> statement-breakpoint
CREATE INDEX "record_versions_tenant_id_object_learnt_at_index" ON "record_versions" USING btree ("tenant_id","object","learnt_at");--> statement-breakpoint
CREATE INDEX "failures_tenant_id_at_index" ON "failures" USING btree ("tenant_id","at");--> statement-breakpoint
CREATE INDEX "memories_tenant_id_crm_object_record_id_index" ON "memories" USING btree ("tenant_id","crm","object","record_id");--> statement-breakpoint
CREATE INDEX "deal_changes_tenant_id_at_index" ON "deal_changes" USING btree ("tenant_id","at");--> statement-breakpoint
CREATE INDEX "deal_spells_tenant_id_stage_id_index" ON "deal_spells" USING btree ("tenant_id","stage_id");--> statement-breakpoint
CREATE INDEX "deals_tenant_id_state_pipeline_id_stage_id_index" ON "deals" USING btree ("tenant_id","state","pipeline_id","stage_id");--> statement-breakpoint
CREATE INDEX "deals_tenant_id_owner_id_state_index" ON "deals" USING btree ("tenant_id","owner_id","state");--> statement-breakpoint
CREATE INDEX "writes_tenant_id_decision_id_index" ON "writes" USING btree ("tenant_id","decision_id");