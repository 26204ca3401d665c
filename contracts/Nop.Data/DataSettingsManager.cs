namespace Nop.Data;

/// <summary>Whether the store has been set up; the contract always says yes.</summary>
public class DataSettingsManager
{
    public static bool IsDatabaseInstalled() => true;
}
