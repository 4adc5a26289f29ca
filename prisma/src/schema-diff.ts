// What separates a database from schema.prisma, as SQL: writes migrations, and proves that those we have say the same as the schema.
import { readFileSync } from 'node:fs';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlQuery,
} from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';

const schemaFile = new URL('../schema.prisma', import.meta.url);

/** The SQL that brings the tables of the database (schema `public`) to those of schema.prisma; empty when they agree. */
export async function schemaDiff(url: string): Promise<string> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const factory = new PrismaPg({
    host: hostname,
    port: Number(port),
    user: username,
    password,
    database: pathname.slice(1),
  });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => readChars(await connect());
  const engine = await SchemaEngine.new(
    { datamodels: undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  const files = [{ path: 'schema.prisma', content: readFileSync(schemaFile, 'utf8') }];
  const { stdout } = await engine.diff({
    from: { tag: 'schemaDatasource', files, configDir: '' },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: null,
    filters: { externalTables: ['public._prisma_migrations'], externalEnums: [] },
  });
  return stdout === null || stdout.startsWith('-- This is an empty migration.') ? '' : stdout;
}

type Connection = Awaited<ReturnType<PrismaPg['connect']>>;

/** The part of the adapter that is private to it. */
interface Sending {
  performIO(query: SqlQuery): Promise<{ readonly fields: { dataTypeID: number }[] }>;
}

const charOid = 18;
const textOid = 25;

/** adapter-pg 7.10 refuses Postgres's type "char", which the engine's questions to the catalogue give: they pass as text, marked as characters. */
function readChars(connection: Connection): Connection {
  const chars = new WeakMap<SqlQuery, number[]>();
  const sending = connection as unknown as Sending;
  const performIO = sending.performIO.bind(connection);
  const queryRaw = connection.queryRaw.bind(connection);
  sending.performIO = async (query) => {
    const result = await performIO(query);
    const columns = result.fields.flatMap((field, index) => (field.dataTypeID === charOid ? [index] : []));
    for (const field of result.fields) if (field.dataTypeID === charOid) field.dataTypeID = textOid;
    chars.set(query, columns);
    return result;
  };
  connection.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const index of chars.get(query) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  return connection;
}
