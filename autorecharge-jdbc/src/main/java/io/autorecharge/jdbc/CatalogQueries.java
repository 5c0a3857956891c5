package io.autorecharge.jdbc;

import java.util.Collections;

/**
 * The queries of each database for the columns and indexes of many tables at once. The result has the same columns for every database. Tables
 * are found by their names as they are written in SQL on PostgreSQL, whose search path decides about a bare name, and otherwise by the names
 * of their schemas and their own.
 *
 * @param columns a row for each table with its kind, where the table has no columns or the database keeps both apart, and a row for each column
 * @param indexes a row for each column of an index, in the order of the columns
 */
record CatalogQueries(String columns, String indexes) {
    private static final String POSTGRESQL_COLUMNS = """
            with recursive domains (domain, type, modifier, required) as (
                select oid, typbasetype, typtypmod, typnotnull from pg_type where typtype = 'd'
                union all
                select d.domain, t.typbasetype, case when d.modifier = -1 then t.typtypmod else d.modifier end,
                    d.required or t.typnotnull
                from domains d
                join pg_type t on t.oid = d.type and t.typtype = 'd'),
            found as (
                select w.written, n.nspname, c.relname, c.relkind, a.attname, a.attnum, t.typname,
                    case when d.modifier is null or a.atttypmod <> -1 then a.atttypmod else d.modifier end as modifier,
                    a.attnotnull or coalesce(d.required, false) as required,
                    a.atthasdef or a.attidentity <> '' as filled,
                    a.attgenerated <> '' as generated
                from unnest(?) w (written)
                join pg_class c on c.oid = to_regclass(w.written)
                join pg_namespace n on n.oid = c.relnamespace
                left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                left join domains d on d.domain = a.atttypid
                    and not exists (select 1 from pg_type b where b.oid = d.type and b.typtype = 'd')
                left join pg_type t on t.oid = coalesce(d.type, a.atttypid))
            select written, nspname as table_schema, relname as table_name,
                case relkind
                    when 'r' then 'table' when 'p' then 'partitioned table' when 'v' then 'view'
                    when 'm' then 'materialized view' when 'f' then 'foreign table' when 'S' then 'sequence'
                    when 'c' then 'composite type' else 'index' end as kind,
                attname as column_name,
                case typname when 'bit' then 'bit string' else typname end as type_name,
                case
                    when typname = 'numeric' then case modifier when -1 then 0 else ((modifier - 4) >> 16) & 65535 end
                    when typname in ('varchar', 'bpchar') then case modifier when -1 then 2147483647 else modifier - 4 end
                    else 0 end as size,
                case
                    when typname = 'numeric' then case modifier when -1 then 0 else (((modifier - 4) & 2047) # 1024) - 1024 end
                    when typname in ('timestamp', 'timestamptz') then case modifier when -1 then 6 else modifier end
                    else 0 end as digits,
                not required as nullable, filled, generated
            from found
            order by written, attnum
            """;

    // An interrupted "create index concurrently" leaves an invalid index.
    private static final String POSTGRESQL_INDEXES = """
            select w.written, '' as table_schema, '' as table_name, c.relname as index_name, i.indisunique as is_unique,
                i.indpred is not null as partial, i.indisvalid as valid,
                coalesce(a.attname, pg_get_indexdef(i.indexrelid, k, true)) as column_name
            from unnest(?) w (written)
            join pg_index i on i.indrelid = to_regclass(w.written)
            join pg_class c on c.oid = i.indexrelid
            cross join lateral generate_series(1, i.indnkeyatts) k
            left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[k - 1]
            order by w.written, c.relname, k
            """;

    private static final String MARIADB_COLUMNS = """
            select table_schema, table_name, lower(table_type) as kind, null as column_name, '' as type_name, 0 as size,
                0 as digits, false as nullable, false as filled, false as generated, 0 as place
            from information_schema.tables
            where table_schema in (?, ?) and table_name in ({tables})
            union all
            select table_schema, table_name, '' as kind, column_name,
                case
                    when column_type = 'tinyint(1)' then 'boolean'
                    when column_type like '%unsigned%' then concat(data_type, ' unsigned')
                    else data_type end as type_name,
                cast(coalesce(
                    case when data_type = 'datetime'
                        then 19 + case when datetime_precision > 0 then 1 + datetime_precision else 0 end end,
                    least(character_maximum_length, 2147483647), numeric_precision, 0) as signed) as size,
                cast(coalesce(numeric_scale, datetime_precision, 0) as signed) as digits,
                is_nullable = 'YES' as nullable,
                column_default is not null or extra like '%auto_increment%' or extra like '% GENERATED%' as filled,
                extra like '%VIRTUAL%' or extra like '%STORED%' or extra like '%PERSISTENT%' as generated,
                ordinal_position as place
            from information_schema.columns
            where table_schema in (?, ?) and table_name in ({tables})
            order by place
            """;

    private static final String MARIADB_INDEXES = """
            select table_schema, table_name, index_name, non_unique = 0 as is_unique, false as partial, true as valid,
                column_name
            from information_schema.statistics
            where table_schema in (?, ?) and table_name in ({tables})
            order by table_schema, table_name, index_name, seq_in_index
            """;

    private static final String H2_COLUMNS = """
            select table_schema, table_name, lower(table_type) as kind, cast(null as varchar) as column_name, '' as type_name,
                0 as size, 0 as digits, false as nullable, false as filled, false as generated, 0 as place
            from information_schema.tables
            where table_schema in (?, ?) and table_name in ({tables})
            union all
            select table_schema, table_name, '' as kind, column_name, data_type as type_name,
                cast(least(coalesce(character_maximum_length, numeric_precision, 0), 2147483647) as integer) as size,
                coalesce(numeric_scale, datetime_precision, 0) as digits,
                is_nullable = 'YES' as nullable,
                column_default is not null or is_identity = 'YES' or is_generated = 'ALWAYS' as filled,
                is_generated = 'ALWAYS' as generated, ordinal_position as place
            from information_schema.columns
            where table_schema in (?, ?) and table_name in ({tables})
            order by place
            """;

    private static final String H2_INDEXES = """
            select table_schema, table_name, index_name, is_unique, false as partial, true as valid, column_name
            from information_schema.index_columns
            where table_schema in (?, ?) and table_name in ({tables})
            order by table_schema, table_name, index_name, ordinal_position
            """;

    static CatalogQueries of(Dialect dialect, int tables) {
        return switch (dialect) {
            case POSTGRESQL -> new CatalogQueries(POSTGRESQL_COLUMNS, POSTGRESQL_INDEXES);
            case MARIADB -> new CatalogQueries(listing(MARIADB_COLUMNS, tables), listing(MARIADB_INDEXES, tables));
            case H2 -> new CatalogQueries(listing(H2_COLUMNS, tables), listing(H2_INDEXES, tables));
        };
    }

    private static String listing(String query, int tables) {
        return query.replace("{tables}", String.join(", ", Collections.nCopies(tables, "?")));
    }
}
