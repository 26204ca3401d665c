using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Benchmarks;
using Nop.Plugin.Payments.Mion.Sandbox;
using Nop.Plugin.Payments.Mion.Sandbox.Check;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Sandbox.Shop;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Soak;
using Nop.Plugin.Payments.Mion.Till;

var options = SandboxOptions.Parse(args);
if (options.Error is not null)
{
    Console.Error.WriteLine(options.Error);
    Console.Error.WriteLine(SandboxOptions.Usage);
    return 2;
}

if (options.Mode == SandboxMode.Help)
{
    Console.WriteLine(SandboxOptions.Usage);
    return 0;
}

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopping.Cancel();
};
using var terminated = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stopping.Cancel();
});

try
{
    if (options.Mode == SandboxMode.Check)
        return await SandboxCheck.RunAsync(Console.Out, stopping.Token) ? 0 : 1;
    if (options.Mode == SandboxMode.Soak)
        return await SoakRun.RunAsync(Console.Out, options.Minutes, options.Seed, stopping.Token) ? 0 : 1;
    if (options.Mode == SandboxMode.TillLoad)
        return await TillLoad.RunAsync(Console.Out, options.Minutes, stopping.Token) ? 0 : 1;
    if (options.Mode == SandboxMode.Probe)
        return await Probe.RunAsync(Console.Out, ProbeOptions(options), stopping.Token) ? 0 : 1;
    await RunAsync(options, stopping.Token);
    return 0;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    return options.Mode == SandboxMode.Check ? 1 : 0;
}
catch (Exception exception) when (exception is IOException or InvalidOperationException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

static MionApiOptions ProbeOptions(SandboxOptions options) => options.OpenApi is { } file
    ? ReadDescription(file, options.BaseUrl).ToOptions(options.Key!, options.BaseUrl)
    : new MionApiOptions { ApiKey = options.Key!, BaseUrl = options.BaseUrl! };

static Description ReadDescription(string file, string? baseUrl)
{
    var description = Description.Read(file, baseUrl);
    foreach (var (key, value) in description.Guessed)
        Console.WriteLine($"The description does not say it clearly, taken is: {key} {value}");
    return description;
}

static async Task RunAsync(SandboxOptions options, CancellationToken stopping)
{
    if (options.Mode == SandboxMode.ShopOnly)
    {
        await using var alone = await StartAsync("the demo shop", "--shop-port", options.ShopPort, () => DemoShop.StartAsync(new DemoShopOptions
        {
            Port = options.ShopPort,
            Server = options.Database,
            Settings = DemoSettings.For(new Uri($"http://127.0.0.1:{options.MionPort}")),
            StatementHook = options.StallAfter is { } text ? StallAsync(text) : null
        }, stopping));
        Console.WriteLine(Announcement.ShopAlone(alone.BaseAddress));
        await UntilStoppedAsync(stopping);
        return;
    }

    var description = options.OpenApi is { } file ? ReadDescription(file, options.BaseUrl) : null;
    var standIn = description?.ToStandIn(options.MionPort) ?? new MionStandInOptions { Port = options.MionPort, CardCertificate = LocalCards.Certificate };
    await using var mion = await StartAsync("the stand-in for Mion", "--mion-port", options.MionPort,
        () => MionStandIn.StartAsync(standIn, stopping));
    if (options.Mode == SandboxMode.StandInOnly)
    {
        var secret = standIn.Contract.ContainsKey("callback.signatureHeader") ? standIn.CallbackSecret : string.Empty;
        Console.WriteLine(Announcement.StandInAlone(mion.BaseAddress, description?.Folder ?? string.Empty, secret));
        await UntilStoppedAsync(stopping);
        return;
    }

    await using var shop = await StartAsync("the demo shop", "--shop-port", options.ShopPort,
        () => DemoShop.StartAsync(new DemoShopOptions
        {
            Port = options.ShopPort,
            RunScheduledTasks = true,
            ConfigureServices = services =>
            {
                ServedFigures.Serve(services);
                if (mion.CardPort is { } cardPort)
                    services.AddSingleton<CardNetwork>(new LocalCards(() => cardPort));
            },
            Settings = DemoSettings.For(mion.BaseAddress)
        }, stopping));
    Console.WriteLine(Announcement.Both(shop.BaseAddress, mion.BaseAddress));
    await UntilStoppedAsync(stopping);
}

static async Task<T> StartAsync<T>(string what, string option, int port, Func<Task<T>> start)
{
    try
    {
        return await start();
    }
    catch (IOException exception) when (exception.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
    {
        throw new IOException($"Port {port} is taken: choose another for {what} with {option}.");
    }
}

static StatementHook StallAsync(string text) => async (sql, execute) =>
{
    await execute();
    if (!sql.Contains(text, StringComparison.Ordinal))
        return;
    Console.WriteLine(Announcement.Stalled);
    await new TaskCompletionSource().Task;
};

static async Task UntilStoppedAsync(CancellationToken stopping)
{
    try
    {
        await Task.Delay(Timeout.Infinite, stopping);
    }
    catch (OperationCanceledException)
    {
        Console.WriteLine("Stopping.");
    }
}
