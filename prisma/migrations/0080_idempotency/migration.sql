-- Whatever makes a user, an API token or a webhook can be sent again without making a second one.
-- AlterTable
ALTER TABLE "ApiToken" ADD COLUMN     "idempotencyKey" TEXT;

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "idempotencyKey" TEXT;

-- AlterTable
ALTER TABLE "Webhook" ADD COLUMN     "idempotencyKey" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "ApiToken_userId_idempotencyKey_key" ON "ApiToken"("userId", "idempotencyKey");

-- CreateIndex
CREATE UNIQUE INDEX "User_idempotencyKey_key" ON "User"("idempotencyKey");

-- CreateIndex
CREATE UNIQUE INDEX "Webhook_idempotencyKey_key" ON "Webhook"("idempotencyKey");

