-- A run that a worker paused by itself, because its disk is nearly full, goes on by itself.
-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "pauseReason" TEXT,
ADD COLUMN     "pausedByNode" TEXT;
