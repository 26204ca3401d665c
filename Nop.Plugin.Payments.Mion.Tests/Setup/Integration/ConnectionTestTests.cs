using System.Net;
using System.Net.Sockets;
using AngleSharp.Dom;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Sandbox;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Setup.Integration;

/// <summary><em>Save and test connection</em> says in words what it found.</summary>
[TestFixture]
public sealed class ConnectionTestTests : ShopFixture
{
    [Test]
    public async Task Every_result_has_its_words()
    {
        var admin = NewBrowser();
        await admin.EnterAdminAsync();
        async Task<string> TestAsync(params (string, string?)[] changes)
        {
            using var saved = await admin.SubmitAsync(await admin.OpenAsync("/Admin/Mion/Configure"), "#mion-configuration", [.. changes, ("test", "true")]);
            var page = await admin.OpenAsync(saved.Headers.Location!.ToString());
            return page.QuerySelectorAll("[role=alert]")[^1].TextContent.Trim();
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await TestAsync(), Is.EqualTo("It works: Mion answers, and the API key is accepted."));
            Assert.That(Mion.Sessions, Is.Empty, "a test opens nothing");
            Assert.That(await TestAsync(("ApiKey", "mistyped")), Does.StartWith("Mion answers, but does not accept the API key."));
            Assert.That(await TestAsync(("ApiKey", "demo-key")), Does.StartWith("It works"));

            Mion.Permissions = MionPermissions.None;
            Assert.That(await TestAsync(), Does.Contain("lacks the permission Payments Read & Write"));
            Mion.Permissions = MionPermissions.PaymentsReadWrite;
            Assert.That(await TestAsync(), Does.Contain("lacks the permission Retail Point-of-sale Payments Create"), "it works, but not at the till");
            Mion.Permissions = MionPermissions.All;
            Assert.That(await TestAsync(), Does.StartWith("It works"));

            Mion.Faults.Add(new FaultRule { Kind = FaultKind.Redirect });
            Assert.That(await TestAsync(), Does.Contain("answers with a redirect"));
            Mion.Faults.Clear();
            Mion.Faults.Add(new FaultRule { Kind = FaultKind.Html });
            Assert.That(await TestAsync(), Does.Contain("answers with an error, or with something that is not Mion's API"));
            Mion.Faults.Clear();

            await using (var somethingElse = await CallbackReceiver.StartAsync())
            {
                somethingElse.Answer = _ => 404;
                Assert.That(await TestAsync(("BaseUrl", $"http://{somethingElse.Url.Authority}"), ("ApiKey", "demo-key")), Does.Contain("does not look at the API key"));
            }

            // a port that is taken, and at which nobody listens
            using (var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
            {
                nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
                Assert.That(await TestAsync(("BaseUrl", $"http://{nobody.LocalEndPoint}"), ("ApiKey", "demo-key")), Does.StartWith("Mion cannot be reached from this server."));
            }

            await Shop.SetSettingAsync("mionsettings.apikey", "");
            Assert.That(await TestAsync(), Does.StartWith("There is no API key that can be read."));
        }
    }
}
