-- How much the caches of the Hugging Face Hub hold in the home of each worker.
-- AlterTable
ALTER TABLE "Worker" ADD COLUMN     "hubCacheBytes" DOUBLE PRECISION;
