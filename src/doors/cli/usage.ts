export const USAGE = `三问 Sanwen

  npx sanwen start                 启动 / start the town
  npx sanwen demo                  启动演示镇（数据在 ./demo-data） / start the demo town (data in ./demo-data)
  npx sanwen migrate               更新数据库 / bring the database up to date
  npx sanwen psql                  数据库的连接方式 / how other tools connect to the database
  npx sanwen doctor                检查设置、数据库、时钟、日历、磁盘 / look at settings, database, clock, calendar, disk
  npx sanwen town list             列出各镇 / list the towns
  npx sanwen town add --id shili --prefix SL --name-zh 示例镇 --name-en Shili [--host shili.example.cn]
  npx sanwen officer add --login zhang.san --name 张三 [--unit 党政办] [--duty clerk,handler] [--town shili]
  npx sanwen officer reset --login zhang.san [--town shili]      新的临时密码 / a new temporary password
  npx sanwen officer disable --login zhang.san [--town shili]    停用账号 / close the account

设置（环境变量） / settings (environment)
  PORT=3000  HOST=127.0.0.1  SANWEN_DATA=./data  SANWEN_ORIGIN=http://localhost:3000
  DATABASE_URL=postgres://…  SANWEN_KEY_FILE=./data/key
`;
