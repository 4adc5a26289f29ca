-- CreateEnum
CREATE TYPE "ImportStatus" AS ENUM ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED');

-- AlterTable
ALTER TABLE "DatasetVersion" ADD COLUMN     "statistics" JSONB;

-- CreateTable
CREATE TABLE "DatasetImport" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "repo" TEXT NOT NULL,
    "config" TEXT,
    "split" TEXT,
    "revision" TEXT NOT NULL,
    "commit" TEXT,
    "status" "ImportStatus" NOT NULL DEFAULT 'QUEUED',
    "step" TEXT,
    "doneBytes" BIGINT NOT NULL DEFAULT 0,
    "totalBytes" BIGINT,
    "error" TEXT,
    "versionId" UUID,
    "idempotencyKey" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "DatasetImport_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "DatasetImport_idempotencyKey_key" ON "DatasetImport"("idempotencyKey");

-- CreateIndex
CREATE INDEX "DatasetImport_createdAt_idx" ON "DatasetImport"("createdAt" DESC);

-- AddForeignKey
ALTER TABLE "DatasetImport" ADD CONSTRAINT "DatasetImport_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "DatasetVersion"("id") ON DELETE SET NULL ON UPDATE CASCADE;

