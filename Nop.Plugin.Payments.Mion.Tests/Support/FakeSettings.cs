using Microsoft.AspNetCore.DataProtection;
using Moq;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>
/// A store's settings, with an API key, as nopCommerce's setting service gives them.
/// </summary>
public sealed class FakeSettings
{
    public FakeSettings(int storeId = 1)
    {
        Values.ApiKey = Protector.Protect(Some.ApiKey);
        Service.Setup(service => service.LoadSettingAsync<MionSettings>(storeId)).ReturnsAsync(Values);
        Store = new StoreSettings(Service.Object, Protector);
    }

    public MionSettings Values { get; } = new();

    public ApiKeyProtector Protector { get; } = new(new EphemeralDataProtectionProvider());

    public Mock<ISettingService> Service { get; } = new();

    public StoreSettings Store { get; }
}
