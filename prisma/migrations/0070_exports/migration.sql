-- Runs taken in from results files, metrics that outlive processes, and how long data is kept.
-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "importedAt" TIMESTAMPTZ(3),
ADD COLUMN     "samplesPrunedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "TelemetrySeries" (
    "name" TEXT NOT NULL,
    "labels" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "buckets" DOUBLE PRECISION[],

    CONSTRAINT "TelemetrySeries_pkey" PRIMARY KEY ("name","labels")
);

-- CreateTable
CREATE TABLE "RetentionRule" (
    "id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "suiteId" UUID,
    "keepDays" INTEGER,
    "keepRuns" INTEGER,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RetentionRule_pkey" PRIMARY KEY ("id")
);

-- CreateIndex. One default a subject: Prisma knows no NULLS NOT DISTINCT.
CREATE UNIQUE INDEX "RetentionRule_subject_suiteId_key" ON "RetentionRule"("subject", "suiteId") NULLS NOT DISTINCT;

-- AddForeignKey
ALTER TABLE "RetentionRule" ADD CONSTRAINT "RetentionRule_suiteId_fkey" FOREIGN KEY ("suiteId") REFERENCES "Suite"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A bench that is updated goes on counting from what it holds.
INSERT INTO "TelemetrySeries" (name, labels, value, buckets)
SELECT 'bancada_runs_total', json_build_array(lower(status::text))::text, count(*), '{}'
FROM "Run" WHERE status IN ('SUCCEEDED', 'FAILED', 'CANCELLED') GROUP BY status;
INSERT INTO "TelemetrySeries" (name, labels, value, buckets)
SELECT 'bancada_samples_total', json_build_array(task, model, outcome)::text, sum(n), '{}'
FROM (
    SELECT task, model, 'ok' AS outcome, done - failed AS n FROM "Evaluation"
    UNION ALL SELECT task, model, 'failed', failed FROM "Evaluation"
) counted
WHERE n > 0 AND EXISTS (SELECT 1 FROM "Task" WHERE name = task) AND EXISTS (SELECT 1 FROM "Model" WHERE name = model)
GROUP BY task, model, outcome;
