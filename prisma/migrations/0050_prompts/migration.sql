-- Prompts, saved versions of tasks and suites, what a run may use of them, and the playground.
-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "library" JSONB;

-- AlterTable
ALTER TABLE "SuiteVersion" ADD COLUMN     "idempotencyKey" TEXT,
ADD COLUMN     "saved" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "TaskVersion" ADD COLUMN     "idempotencyKey" TEXT,
ADD COLUMN     "saved" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "Prompt" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "bundled" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Prompt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PromptVersion" (
    "id" UUID NOT NULL,
    "promptId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "yaml" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "description" TEXT,
    "variables" TEXT[],
    "labels" TEXT[],
    "saved" BOOLEAN NOT NULL DEFAULT false,
    "idempotencyKey" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PromptVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Playground" (
    "id" UUID NOT NULL,
    "request" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Playground_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PlaygroundChunk" (
    "playgroundId" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "piece" JSONB NOT NULL,

    CONSTRAINT "PlaygroundChunk_pkey" PRIMARY KEY ("playgroundId","sequence")
);

-- CreateIndex
CREATE UNIQUE INDEX "Prompt_name_key" ON "Prompt"("name");

-- CreateIndex
CREATE UNIQUE INDEX "PromptVersion_idempotencyKey_key" ON "PromptVersion"("idempotencyKey");

-- CreateIndex
CREATE UNIQUE INDEX "PromptVersion_promptId_version_key" ON "PromptVersion"("promptId", "version");

-- CreateIndex
CREATE INDEX "Playground_createdAt_idx" ON "Playground"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "SuiteVersion_idempotencyKey_key" ON "SuiteVersion"("idempotencyKey");

-- CreateIndex
CREATE UNIQUE INDEX "TaskVersion_idempotencyKey_key" ON "TaskVersion"("idempotencyKey");

-- AddForeignKey
ALTER TABLE "PromptVersion" ADD CONSTRAINT "PromptVersion_promptId_fkey" FOREIGN KEY ("promptId") REFERENCES "Prompt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlaygroundChunk" ADD CONSTRAINT "PlaygroundChunk_playgroundId_fkey" FOREIGN KEY ("playgroundId") REFERENCES "Playground"("id") ON DELETE CASCADE ON UPDATE CASCADE;

