"""What the encoders compute from texts: vectors of the embedder, scores of the reranker."""
import torch
import torch.nn.functional as F

from bpe import BOS, EOS


def padded(sequences, limit):
    """-> (ids [B, T], present [B, T])"""
    sequences = [s[:limit] for s in sequences]
    length = max(map(len, sequences))
    ids = torch.full((len(sequences), length), EOS)
    present = torch.zeros(len(sequences), length)
    for row, s in enumerate(sequences):
        ids[row, : len(s)] = torch.tensor(s)
        present[row, : len(s)] = 1
    return ids, present


def vectors(model, codec, texts):
    """Unit vectors [B, D]: the mean of the hidden states."""
    ids, present = padded([[BOS] + s for s in codec.segments(texts)], model.shape.context)
    mean = (model(ids, present).float() * present[:, :, None]).sum(1) / present.sum(1, keepdim=True)
    return F.normalize(mean, dim=-1)


def relevance(model, head, codec, questions, passages):
    """One logit for each (question, passage)."""
    rows = [[BOS] + q + [EOS] + p + [EOS] for q, p in zip(codec.segments(questions), codec.segments(passages))]
    ids, present = padded(rows, model.shape.context)
    return F.linear(model(ids, present)[:, 0].float(), head)[:, 0]
