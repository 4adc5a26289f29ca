# Runs a suite, waits for it, and reads its samples. Needs: install.packages(c("httr2", "jsonlite"))
library(httr2)

url <- Sys.getenv("BANCADA_URL", "http://localhost:4000")
ask <- function(path) {
  token <- Sys.getenv("BANCADA_TOKEN")
  it <- request(paste0(url, path))
  if (nzchar(token)) req_auth_bearer_token(it, token) else it
}

suite <- "name: r\nmodels: [bancada-tiny]\ntasks: [tiny-arithmetic]\n"
run <- ask("/api/v1/runs") |>
  req_body_json(list(suite = suite, limit = 10)) |>
  req_perform() |>
  resp_body_json()

repeat {
  state <- ask(paste0("/api/v1/runs/", run$id)) |> req_perform() |> resp_body_json()
  cat(state$status, state$progress$done, "of", state$progress$total, "\n")
  if (state$status %in% c("SUCCEEDED", "FAILED", "CANCELLED")) break
  Sys.sleep(1)
}

csv <- ask(paste0("/api/v1/runs/", run$id, "/samples?format=csv")) |> req_perform() |> resp_body_string()
samples <- read.csv(text = csv)
print(aggregate(exact_match ~ task + model, data = samples, FUN = mean))

metrics <- jsonlite::fromJSON(
  ask(paste0("/api/v1/runs/", run$id, "/metrics")) |> req_perform() |> resp_body_string()
)
print(subset(metrics, kind == "score", c(task, model, metric, value, ciLow, ciHigh)))
