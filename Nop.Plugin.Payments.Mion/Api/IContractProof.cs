namespace Nop.Plugin.Payments.Mion.Api;

/// <summary>Is told what Mion's answers have proven about the names and forms that the plugin depends on.</summary>
public interface IContractProof
{
    /// <summary>Mion has answered a call as it should.</summary>
    /// <param name="options">With which it was called.</param>
    /// <param name="keys">What the call used and its answer held, by <see cref="MionContract.Terms"/>. Throws nothing, and keeps nobody
    /// waiting.</param>
    void Note(MionApiOptions options, IReadOnlyCollection<string> keys);
}
