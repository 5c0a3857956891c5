package io.autorecharge.jdbc;

import java.util.Collections;

/** The queries of each database for what can stand in the way, over all tables at once: table, kind, name, detail, and what is certain. */
final class ObstacleQueries {
    /**
     * Parameters, as arrays with an element for each column: the table as written in SQL, the column, whether it is written, whether the
     * table is the host's, whether it is that of the accounts, and the table's commands.
     */
    static final String POSTGRESQL = """
            with needed as (
                select c.oid, c.relname, a.attnum, u.written, u.hosts, u.accounts, u.commands
                from unnest(?, ?, ?, ?, ?, ?) u (name, column_name, written, hosts, accounts, commands)
                join pg_class c on c.oid = to_regclass(u.name)
                join pg_attribute a on a.attrelid = c.oid and a.attname = u.column_name and not a.attisdropped),
            tables as (
                select oid, relname, hosts, commands,
                    coalesce(array_agg(attnum) filter (where written), '{}') as changed,
                    array_agg(attnum) as used,
                    has_table_privilege(oid, 'SELECT') or bool_and(has_column_privilege(oid, attnum, 'SELECT')) as selects,
                    has_table_privilege(oid, 'INSERT') or bool_and(has_column_privilege(oid, attnum, 'INSERT')) as inserts,
                    has_table_privilege(oid, 'UPDATE')
                        or coalesce(bool_and(has_column_privilege(oid, attnum, 'UPDATE')) filter (where written), true) as updates,
                    has_table_privilege(oid, 'DELETE') as deletes
                from needed
                group by oid, relname, hosts, commands),
            policies as (
                select p.polrelid, p.polname, p.polpermissive, p.polcmd, p.polqual, p.polwithcheck
                from pg_policy p
                where p.polroles = '{0}'
                    or exists (select 1 from unnest(p.polroles) r where r <> 0 and pg_has_role(r, 'USAGE')))
            select t.relname as table_name, case k.contype when 'c' then 'CHECK' when 'x' then 'EXCLUSION' else 'FOREIGN_KEY' end as kind,
                k.conname as name, pg_get_constraintdef(k.oid) as detail, false as certain
            from tables t
            join pg_constraint k on k.conrelid = t.oid and k.contype in ('c', 'x', 'f')
            where (not t.hosts or k.conkey && t.changed)
                and (k.contype <> 'f' or not exists (select 1 from needed a where a.oid = k.confrelid and a.accounts))
            union all
            select t.relname, 'REFERENCED', k.conname, k.conrelid::regclass || ' ' || pg_get_constraintdef(k.oid), false
            from tables t
            join pg_constraint k on k.confrelid = t.oid and k.contype = 'f'
            where t.commands like '%DELETE%'
            union all
            select t.relname, 'DEFERRABLE', k.conname, pg_get_constraintdef(k.oid), false
            from tables t
            join pg_constraint k on k.conrelid = t.oid and k.contype in ('p', 'u') and k.condeferrable
            where not t.hosts
            union all
            select t.relname, 'TRIGGER', g.tgname, pg_get_triggerdef(g.oid), false
            from tables t
            join pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal and g.tgenabled in ('O', 'A')
            where (t.commands like '%INSERT%' and (g.tgtype & 4) <> 0)
                or (t.commands like '%DELETE%' and (g.tgtype & 8) <> 0)
                or (t.commands like '%UPDATE%' and (g.tgtype & 16) <> 0
                    and (not t.hosts or cardinality(g.tgattr::int2[]) = 0 or g.tgattr::int2[] && t.changed))
            union all
            select t.relname, 'RULE', r.rulename, pg_get_ruledef(r.oid), false
            from tables t
            join pg_rewrite r on r.ev_class = t.oid and r.rulename <> '_RETURN' and r.ev_enabled in ('O', 'A')
            where not t.hosts or r.ev_type = '2'
            union all
            select t.relname, 'POLICY', p.polname,
                coalesce(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid), ''), false
            from tables t
            join policies p on p.polrelid = t.oid
            where row_security_active(t.oid)
            union all
            select t.relname, 'NO_POLICY', w.command, '', true
            from tables t
            cross join (values ('SELECT', 'r'), ('INSERT', 'a'), ('UPDATE', 'w'), ('DELETE', 'd')) w (command, letter)
            where row_security_active(t.oid) and t.commands like '%' || w.command || '%'
                and not exists (
                    select 1 from policies p
                    where p.polrelid = t.oid and p.polpermissive and (p.polcmd = '*' or p.polcmd::text = w.letter))
            union all
            select t.relname, 'DOMAIN', y.typname, a.attname || coalesce(
                (select ' ' || string_agg(pg_get_constraintdef(k.oid), ', ') from pg_constraint k
                    where k.contypid = y.oid and k.contype = 'c'), ''), false
            from tables t
            join pg_attribute a on a.attrelid = t.oid and a.attnum = any (t.changed)
            join pg_type y on y.oid = a.atttypid and y.typtype = 'd'
            union all
            select t.relname, 'COMPUTED', a.attname, coalesce(pg_get_expr(d.adbin, d.adrelid), 'always as identity'), false
            from tables t
            join pg_attribute a on a.attrelid = t.oid and not a.attisdropped
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where (a.attidentity = 'a' and a.attnum = any (t.changed))
                or (a.attgenerated <> '' and (not t.hosts or exists (
                    select 1 from pg_depend x
                    where x.classid = 'pg_attrdef'::regclass and x.objid = d.oid and x.refobjid = t.oid
                        and x.refobjsubid = any (t.changed))))
            union all
            select t.relname, 'RIGHT', w.command, '', w.command <> 'DELETE'
            from tables t
            cross join lateral (values ('SELECT', t.selects), ('INSERT', t.inserts), ('UPDATE', t.updates), ('DELETE', t.deletes))
                w (command, granted)
            where t.commands like '%' || w.command || '%' and not w.granted
            union all
            select t.relname, 'SEQUENCE', s.relname, a.attname, true
            from tables t
            join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and a.attidentity = '' and a.attnum <> all (t.used)
            join pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum
            join pg_depend x on x.classid = 'pg_attrdef'::regclass and x.objid = d.oid and x.refclassid = 'pg_class'::regclass
            join pg_class s on s.oid = x.refobjid
            where not t.hosts
                and case s.relkind when 'S' then not has_sequence_privilege(s.oid, 'USAGE, UPDATE') else false end
            union all
            select t.relname, 'PARTITIONS', pg_get_partkeydef(t.oid), '', false
            from tables t
            join pg_partitioned_table p on p.partrelid = t.oid and p.partstrat in ('r', 'l') and p.partdefid = 0
            union all
            select t.relname, 'REPLICATION', p.pubname, '', true
            from tables t
            join pg_class c on c.oid = t.oid
            join pg_namespace n on n.oid = c.relnamespace
            join pg_publication_tables x on x.schemaname = n.nspname and x.tablename = c.relname
            join pg_publication p on p.pubname = x.pubname and p.pubupdate
            where t.commands like '%UPDATE%'
                and (c.relreplident = 'n' or (c.relreplident = 'd'
                    and not exists (select 1 from pg_index i where i.indrelid = c.oid and i.indisprimary)))
            union all
            select t.relname, 'UNLOGGED', 'unlogged', '', false
            from tables t
            join pg_class c on c.oid = t.oid and c.relpersistence = 'u'
            order by 1, 2, 3
            """;

    // A user sees only what the user has rights to; the names of constraints are known to the owner.
    private static final String MARIADB = """
            select k.table_schema, k.table_name, 'CHECK' as kind, k.constraint_name as name, c.check_clause as detail, false as certain
            from information_schema.table_constraints k
            join information_schema.check_constraints c
                on c.constraint_schema = k.constraint_schema and c.constraint_name = k.constraint_name {maria: and c.table_name = k.table_name}
            where k.constraint_type = 'CHECK' and k.table_schema in (?, ?) and k.table_name in ({tables})
            union all
            select table_schema, table_name, 'FOREIGN_KEY', constraint_name,
                concat(group_concat(column_name), ' references ', min(referenced_table_name)), false
            from information_schema.key_column_usage
            where referenced_table_name is not null and table_schema in (?, ?) and table_name in ({tables})
            group by table_schema, table_name, constraint_name
            union all
            select referenced_table_schema, referenced_table_name, 'REFERENCED', constraint_name, min(table_name), false
            from information_schema.key_column_usage
            where referenced_table_schema in (?, ?) and referenced_table_name in ({tables})
            group by referenced_table_schema, referenced_table_name, constraint_name
            union all
            select event_object_schema, event_object_table, 'TRIGGER', trigger_name, concat(action_timing, ' ', event_manipulation), false
            from information_schema.triggers
            where event_object_schema in (?, ?) and event_object_table in ({tables})
            union all
            select table_schema, table_name, 'COMPUTED', column_name, generation_expression, false
            from information_schema.columns
            where coalesce(generation_expression, '') <> '' and table_schema in (?, ?) and table_name in ({tables})
            union all
            select c.table_schema, c.table_name, 'RIGHT', w.command, c.column_name, false
            from information_schema.columns c
            join (select 'SELECT' as command union all select 'INSERT' union all select 'UPDATE') w
                on concat(',', c.privileges, ',') not like concat('%,', lower(w.command), ',%')
            where c.table_schema in (?, ?) and c.table_name in ({tables})
            """;

    private static final String H2 = """
            select k.table_schema, k.table_name, 'CHECK' as kind, k.constraint_name as name, c.check_clause as detail, false as certain
            from information_schema.table_constraints k
            join information_schema.check_constraints c
                on c.constraint_schema = k.constraint_schema and c.constraint_name = k.constraint_name
            where k.constraint_type = 'CHECK' and k.table_schema in (?, ?) and k.table_name in ({tables})
            union all
            select u.table_schema, u.table_name, 'FOREIGN_KEY', u.constraint_name,
                listagg(u.column_name, ',') || ' references ' || min(p.table_name), false
            from information_schema.key_column_usage u
            join information_schema.referential_constraints r
                on r.constraint_schema = u.constraint_schema and r.constraint_name = u.constraint_name
            join information_schema.table_constraints p
                on p.constraint_schema = r.unique_constraint_schema and p.constraint_name = r.unique_constraint_name
            where u.table_schema in (?, ?) and u.table_name in ({tables})
            group by u.table_schema, u.table_name, u.constraint_name
            union all
            select p.table_schema, p.table_name, 'REFERENCED', r.constraint_name, '', false
            from information_schema.referential_constraints r
            join information_schema.table_constraints p
                on p.constraint_schema = r.unique_constraint_schema and p.constraint_name = r.unique_constraint_name
            where p.table_schema in (?, ?) and p.table_name in ({tables})
            union all
            select event_object_schema, event_object_table, 'TRIGGER', trigger_name, action_timing || ' ' || event_manipulation, false
            from information_schema.triggers
            where event_object_schema in (?, ?) and event_object_table in ({tables})
            union all
            select c.table_schema, c.table_name, 'DOMAIN', c.domain_name, c.column_name, false
            from information_schema.columns c
            where c.domain_name is not null and c.table_schema in (?, ?) and c.table_name in ({tables})
            union all
            select table_schema, table_name, 'COMPUTED', column_name, generation_expression, false
            from information_schema.columns
            where is_generated = 'ALWAYS' and table_schema in (?, ?) and table_name in ({tables})
            union all
            select t.table_schema, t.table_name, 'RIGHT', w.command, '', false
            from information_schema.tables t
            cross join (values ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE')) w (command)
            where t.table_schema in (?, ?) and t.table_name in ({tables})
                and not exists (select 1 from information_schema.users u where u.user_name = current_user and u.is_admin)
                and not exists (
                    select 1 from information_schema.table_privileges p
                    where p.table_schema = t.table_schema and p.table_name = t.table_name and p.privilege_type = w.command
                        and (p.grantee in (current_user, 'PUBLIC')
                            or p.grantee in (select r.grantedrole from information_schema.rights r where r.grantee = current_user)))
            """;

    private ObstacleQueries() {}

    /** @param mariaDb whether the server is MariaDB, whose names of check constraints are those of one table only */
    static String listing(Dialect dialect, boolean mariaDb, int tables) {
        String query = dialect == Dialect.H2 ? H2 : MARIADB;
        return query.replaceAll("\\{maria: ([^}]*)}", mariaDb ? "$1" : "")
                .replace("{tables}", String.join(", ", Collections.nCopies(tables, "?")));
    }
}
