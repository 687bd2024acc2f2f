dofile(os.getenv("BENCH_LUA") .. "/common.lua")

local sorts = { "created_at", "updated_at" }

function init() seed() end

function request()
  local sort = (math.random(2) == 1 and "-" or "") .. sorts[math.random(#sorts)]
  return wrk.format("GET", "/api/v2/messages?per_page=20&page=" .. math.random(50) .. "&sort=" .. sort, headers)
end
