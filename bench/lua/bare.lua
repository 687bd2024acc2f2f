dofile(os.getenv("BENCH_LUA") .. "/common.lua")

function init() seed() end

function request() return wrk.format("GET", "/health/live") end
