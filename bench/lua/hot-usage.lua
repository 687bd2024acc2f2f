-- The workspace's counter of conversations: each message is to another contact, nearly each opens a window.
dofile(os.getenv("BENCH_LUA") .. "/text.lua")
dofile(os.getenv("BENCH_LUA") .. "/hot.lua")
