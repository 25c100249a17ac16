//! One set of migrations for both databases, forward only.

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{PgPool, SqlSafeStr, SqlitePool};

use crate::error::{Error, Result};
use crate::log::Begun;
use crate::open::{Store, TURN};
use crate::sql::{Pool, cells};

/// The migrations, in order: number, name and text.
const MIGRATIONS: [(i64, &str, &str); 5] = [
    (1, "the journal and its records", include_str!("../migrations/0001_the_journal_and_its_records.sql")),
    (2, "accounts and letters", include_str!("../migrations/0002_accounts_and_letters.sql")),
    (3, "sign-in", include_str!("../migrations/0003_sign_in.sql")),
    (4, "uploads", include_str!("../migrations/0004_uploads.sql")),
    (5, "acts of a candidate", include_str!("../migrations/0005_acts_of_a_candidate.sql")),
];

/// The version of the schema that this program reads and writes.
pub const SCHEMA_VERSION: i64 = MIGRATIONS[MIGRATIONS.len() - 1].0;

/// So often migrating is tried again when another program does the same.
const TRIES: usize = 50;

fn migrator(until: i64) -> Migrator {
    let migration = |(version, name, sql): (i64, &'static str, &'static str)| {
        Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    Migrator::with_migrations(MIGRATIONS.into_iter().filter(|(version, ..)| *version <= until).map(migration).collect())
}

impl Store {
    /// Brings the schema to the version of this program; a database that is there already stays as it is.
    ///
    /// # Errors
    ///
    /// [`Error::Newer`] if a newer program made it; otherwise what the database says. A migration that fails is rolled back.
    pub async fn migrate(&self) -> Result<()> {
        let begun = Begun::now();
        let migrated = self.migrate_until(SCHEMA_VERSION).await;
        begun.ended("migrate", SCHEMA_VERSION.unsigned_abs(), &migrated);
        migrated
    }

    /// The same, but only to an older version: for a backup that was made then.
    pub(crate) async fn migrate_until(&self, version: i64) -> Result<()> {
        let found = self.schema_version().await?;
        if found > SCHEMA_VERSION {
            return Err(Error::Newer { found, known: SCHEMA_VERSION });
        }
        let mut tries = 0;
        loop {
            let before = self.schema_version().await?;
            let error = match self.try_migrate(version).await {
                Ok(()) => return Ok(()),
                Err(error @ Error::Misfit { .. }) => return Err(error),
                Err(error) => error,
            };
            // Another program was faster, or is at it.
            let now = self.schema_version().await?;
            if now == version {
                return Ok(());
            }
            if tries == TRIES || !(now > before || matches!(error, Error::Busy(_))) {
                return Err(error);
            }
            tries += 1;
            tokio::time::sleep(TURN).await;
        }
    }

    async fn try_migrate(&self, until: i64) -> Result<()> {
        let done = match &self.pool {
            Pool::Sqlite { writer, .. } => migrator(until).run(writer).await,
            Pool::Postgres(pool) => migrator(until).run(pool).await,
        };
        done.map_err(|error| match error {
            sqlx::migrate::MigrateError::Execute(error) | sqlx::migrate::MigrateError::ExecuteMigration(error, _) => error.into(),
            other => Error::Misfit { what: "schema".into(), why: other.to_string() },
        })
    }

    /// The version that the database has; 0 if it is empty.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn schema_version(&self) -> Result<i64> {
        let is_there = match &self.pool {
            Pool::Sqlite { writer, .. } => sqlite_has_migrations(writer).await?,
            Pool::Postgres(pool) => postgres_has_migrations(pool).await?,
        };
        if !is_there {
            return Ok(0);
        }
        let mut tx = self.pool.read().await?;
        let row = tx.row("select version from _sqlx_migrations order by version desc limit 1", &cells![]).await?;
        row.map_or(Ok(0), |row| row.whole(0))
    }

    /// Refuses a schema that is not of this program's version.
    pub(crate) async fn check_schema(&self) -> Result<()> {
        match self.schema_version().await? {
            SCHEMA_VERSION => Ok(()),
            found if found < SCHEMA_VERSION => Err(Error::Older { found, needed: SCHEMA_VERSION }),
            found => Err(Error::Newer { found, known: SCHEMA_VERSION }),
        }
    }
}

// Where the list of tables stands is the one thing that the two databases do not have in common.
async fn sqlite_has_migrations(pool: &SqlitePool) -> Result<bool> {
    let sql = "select 1 from sqlite_master where type = 'table' and name = '_sqlx_migrations'";
    Ok(sqlx::query(sql).fetch_optional(pool).await?.is_some())
}

async fn postgres_has_migrations(pool: &PgPool) -> Result<bool> {
    let sql = "select 1 from information_schema.tables where table_name = '_sqlx_migrations' and table_schema = current_schema()";
    Ok(sqlx::query(sql).fetch_optional(pool).await?.is_some())
}
