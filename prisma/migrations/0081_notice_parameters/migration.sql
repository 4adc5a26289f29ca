-- AlterTable
ALTER TABLE "Notification" ADD COLUMN     "parameters" JSONB NOT NULL DEFAULT '{}';
