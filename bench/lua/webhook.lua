dofile(os.getenv("BENCH_LUA") .. "/common.lua")

-- Each event once; a range of its own per round and thread.
local webhooks = {}
local at = 0

function init()
  seed()
  local from = (round - 1) * 40000 + (number - 1) * 20000
  local line = 0
  for text in io.lines(os.getenv("BENCH_FOLDER") .. "/webhooks") do
    line = line + 1
    if line > from + 20000 then break end
    if line > from then
      local space = text:find(" ", 1, true)
      webhooks[#webhooks + 1] = wrk.format("POST", "/webhooks/whatsapp",
        { ["Content-Type"] = "application/json", ["X-Hub-Signature-256"] = text:sub(1, space - 1) }, text:sub(space + 1))
    end
  end
end

function request()
  at = at % #webhooks + 1
  return webhooks[at]
end
