using System.Globalization;
using FluentMigrator;

namespace Nop.Data.Migrations;

/// <summary>A migration whose version is the ticks of its date: unique in the whole store, whoever wrote it.</summary>
public class NopMigrationAttribute : MigrationAttribute
{
    private static readonly string[] _dateFormats =
    [
        "yyyy-MM-dd HH:mm:ss", "yyyy.MM.dd HH:mm:ss", "yyyy/MM/dd HH:mm:ss",
        "yyyy-MM-dd HH:mm:ss:fffffff", "yyyy.MM.dd HH:mm:ss:fffffff", "yyyy/MM/dd HH:mm:ss:fffffff"
    ];

    public NopMigrationAttribute(string dateTime, MigrationProcessType targetMigrationProcess = MigrationProcessType.NoMatter)
        : base(Ticks(dateTime), null)
    {
        TargetMigrationProcess = targetMigrationProcess;
    }

    public NopMigrationAttribute(string dateTime, string description, MigrationProcessType targetMigrationProcess = MigrationProcessType.NoMatter)
        : base(Ticks(dateTime), description)
    {
        TargetMigrationProcess = targetMigrationProcess;
    }

    public NopMigrationAttribute(string dateTime, string nopVersion, UpdateMigrationType updateMigrationType, MigrationProcessType targetMigrationProcess = MigrationProcessType.NoMatter)
        : base(Ticks(dateTime) + (int)updateMigrationType, $"nopCommerce version {nopVersion}. Update {updateMigrationType}")
    {
        TargetMigrationProcess = targetMigrationProcess;
    }

    /// <summary>At installation only, at an update only, or at both.</summary>
    public virtual MigrationProcessType TargetMigrationProcess { get; }

    private static long Ticks(string dateTime) => DateTime.ParseExact(dateTime, _dateFormats, CultureInfo.InvariantCulture).Ticks;
}

/// <summary>When a migration runs.</summary>
public enum MigrationProcessType
{
    NoMatter = 0,
    Installation = 1,
    Update = 2
}

/// <summary>What an update migration changes.</summary>
public enum UpdateMigrationType
{
    Data = 5,
    Localization = 10,
    Settings = 15
}
