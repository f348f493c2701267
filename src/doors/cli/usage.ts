export const USAGE = `三问 Sanwen

  npx sanwen start                 启动 / start the town
  npx sanwen demo                  启动演示镇（数据在 ./demo-data） / start the demo town (data in ./demo-data)
  npx sanwen migrate               更新数据库 / bring the database up to date
  npx sanwen psql                  数据库的连接方式 / how other tools connect to the database
  npx sanwen doctor                检查设置、数据库、时钟、日历、磁盘 / look at settings, database, clock, calendar, disk
  npx sanwen doctor --deep         并重算每个文件和密封的原件，与日志对照 / also hash every file and sealed original against the log
  npx sanwen town list             列出各镇 / list the towns
  npx sanwen town add --id shili --prefix SL --name-zh 示例镇 --name-en Shili [--host shili.example.cn]
  npx sanwen officer add --login zhang.san --name 张三 [--unit 党政办] [--duty clerk,handler] [--town shili]
  npx sanwen officer reset --login zhang.san [--town shili]      新的临时密码 / a new temporary password
  npx sanwen officer unlock --login zhang.san [--town shili]     解锁登录 / end a sign-in lock before its time
  npx sanwen officer disable --login zhang.san [--town shili]    停用账号 / close the account
  npx sanwen words list --number SL-2026-0007                    问题各事件的文字 / the words of a problem's events
  npx sanwen words redact --event ID --field note --reason 原因  为保护隐私遮盖，不能恢复 / take words out of sight, for good
  npx sanwen log vkey [--town shili]                             公开日志的公钥 / the public log's key
  npx sanwen log verify [--from URL|DIR] [--vkey KEY] [--witness KEY,KEY]    全部重算 / hash everything again
  npx sanwen log export --to DIR                                 把日志写成文件 / write the log as files
  npx sanwen log monitor URL [--vkey KEY] [--every 60] [--once]  从外面盯着日志 / watch a log from outside
  npx sanwen log rotate-key [--lost KEY]                         换日志密钥 / a new log key
  npx sanwen log retake [--town shili]                           再处理放在一边的记录 / take again what was set aside
  npx sanwen log witness list|add --vkey KEY --url URL|remove --name NAME    请谁见证 / who is asked to cosign
  npx sanwen log watch --vkey KEY | unwatch --origin NAME        为别的镇见证 / cosign another town's log

设置（环境变量） / settings (environment)
  PORT=3000  HOST=127.0.0.1  SANWEN_DATA=./data  SANWEN_ORIGIN=http://localhost:3000
  DATABASE_URL=postgres://…  SANWEN_KEY_FILE=./data/key  SANWEN_ALGORITHMS=international|national
  SANWEN_CALL_GATEWAY=https://…  SANWEN_CALL_TOKEN=…
  SANWEN_TRUSTED_PROXIES=127.0.0.0/8,::1
`;
