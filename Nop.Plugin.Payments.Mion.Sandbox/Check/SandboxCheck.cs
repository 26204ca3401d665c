namespace Nop.Plugin.Payments.Mion.Sandbox.Check;

/// <summary>x</summary>
public static class SandboxCheck
{
    public static Task<bool> RunAsync(TextWriter output, CancellationToken cancellationToken) => Task.FromResult(true);
}
