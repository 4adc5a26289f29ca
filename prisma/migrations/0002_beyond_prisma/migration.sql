-- What the language of schema.prisma cannot say.

-- Lists by score: failed samples come lowest, so that a cursor needs no special case for them.
create index "Sample_score_idx" on "Sample" ("evaluationId", outcome, coalesce(score, '-Infinity'::float8), item, repeat);

-- Substring search over what a person sees of a sample.
create extension if not exists pg_trgm;
create index "Sample_text_idx" on "Sample"
  using gin ((input || E'\n' || target || E'\n' || prediction || E'\n' || "itemId") gin_trgm_ops);

-- Rows that are updated several times a second: room for the new version beside the old one, and no index to touch.
alter table "Run" set (fillfactor = 70);
alter table "Evaluation" set (fillfactor = 70);
alter table "Worker" set (fillfactor = 70);
alter table "MetricValue" set (fillfactor = 80);
