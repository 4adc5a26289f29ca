-- AlterTable
ALTER TABLE "Sample" ADD COLUMN     "documentRecall" DOUBLE PRECISION,
ADD COLUMN     "reciprocalRank" DOUBLE PRECISION,
ADD COLUMN     "relevantDocuments" JSONB;

