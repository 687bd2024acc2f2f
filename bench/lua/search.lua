dofile(os.getenv("BENCH_LUA") .. "/common.lua")

local terms = lines("terms")
local statuses = lines("statuses")

function init() seed() end

function request()
  return wrk.format("GET", "/api/v2/contacts?per_page=20&search=" .. encode(terms[math.random(#terms)])
    .. "&filter[status_id]=" .. statuses[math.random(#statuses)], headers)
end
