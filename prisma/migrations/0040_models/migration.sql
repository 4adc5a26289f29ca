-- AlterTable
ALTER TABLE "Model" ADD COLUMN     "download" JSONB,
ADD COLUMN     "endpointId" UUID,
ADD COLUMN     "idempotencyKey" TEXT,
ADD COLUMN     "metadata" JSONB,
ADD COLUMN     "source" TEXT;

-- CreateTable
CREATE TABLE "Endpoint" (
    "id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "baseUrl" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "sealedKey" TEXT,
    "checks" JSONB NOT NULL DEFAULT '[]',
    "capabilities" JSONB,
    "listed" TEXT[],
    "contextLength" INTEGER,
    "latencyMs" DOUBLE PRECISION,
    "fault" TEXT,
    "checkedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Endpoint_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Model_idempotencyKey_key" ON "Model"("idempotencyKey");

-- AddForeignKey
ALTER TABLE "Model" ADD CONSTRAINT "Model_endpointId_fkey" FOREIGN KEY ("endpointId") REFERENCES "Endpoint"("id") ON DELETE SET NULL ON UPDATE CASCADE;

