-- Why a worker paused a run, as values for words in another language.
-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "pauseParameters" JSONB;
