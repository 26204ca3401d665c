using Microsoft.Extensions.DependencyInjection;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Shop;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Promise;

/// <summary>
/// Each rule about a session means the same in a query and in memory.
/// </summary>
public sealed class SessionRulesTests
{
    private static readonly SessionRule[] _rules =
    [
        SessionRules.Unpaid, SessionRules.Reserved, SessionRules.UnknownAtMion, SessionRules.Settled, SessionRules.NotSettled, SessionRules.HasMoney, SessionRules.Stalled, SessionRules.OnItsWay,
        SessionRules.Watched, SessionRules.Waiting, SessionRules.Concluded, SessionRules.WebhookMissing, SessionRules.NotClaimed, SessionRules.OrderNotClaimed,
        SessionRules.NotSettled.And(SessionRules.NotClaimed), SessionRules.In(PaymentSessionState.Handled)
    ];

    [Test]
    public async Task In_memory_and_in_SQLite()
    {
        await using var shop = await DemoShop.StartAsync(new DemoShopOptions());
        await AssertSameAsync(shop);
    }

    [Category("Slow")]
    [TestCaseSource(typeof(Databases), nameof(Databases.ServerKinds))]
    public async Task In_memory_and_on_a_server(DatabaseKind kind)
    {
        await using var shop = await DemoShop.StartAsync(new DemoShopOptions { Server = await Databases.CreateAsync(kind) });
        await AssertSameAsync(shop);
    }

    [Test]
    public void Every_rule_is_tried_here() =>
        Assert.That(_rules, Is.SupersetOf(typeof(SessionRules).GetProperties().Select(property => property.GetValue(null))));

    private static Task AssertSameAsync(DemoShop shop) => shop.InScopeAsync(async services =>
    {
        var repository = services.GetRequiredService<IRepository<MionPaymentSession>>();
        foreach (var row in Rows())
            await repository.InsertAsync(row, publishEvent: false);
        var stored = await repository.Table.ToListAsync();
        using (Assert.EnterMultipleScope())
        {
            foreach (var rule in _rules)
            {
                var inMemory = stored.Where(rule.Holds).Select(session => session.Id).ToList();
                var queried = await repository.Table.Where(rule).Select(session => session.Id).ToListAsync();
                Assert.That(queried, Is.EquivalentTo(inMemory), rule.Expression.ToString());
                Assert.That(inMemory.Count, Is.InRange(1, stored.Count - 1), $"tells rows apart: {rule.Expression}");
            }
        }

        return true;
    });

    private static IEnumerable<MionPaymentSession> Rows()
    {
        // a claim is judged by the clock of whoever evaluates the rule
        DateTime?[] claims = [null, DateTime.UtcNow.AddHours(-1), DateTime.UtcNow.AddHours(1)];
        foreach (var state in Enum.GetValues<PaymentSessionState>())
            foreach (var reason in new[] { ReviewReason.None, ReviewReason.UnknownAtMion, ReviewReason.AmountChanged })
                foreach (var toldOf in new[] { null, MionPaymentSession.ToldOfStalled, "NeedsPerson.PaidTwice" })
                    foreach (var isSeen in new[] { true, false })
                        foreach (var claim in claims)
                        {
                            var session = Some.Session(state);
                            (session.Id, session.ReviewReason, session.PersonToldOf, session.FundsSeen) = (0, reason, toldOf, isSeen);
                            (session.Reference, session.Token, session.WebhookToken) = (SecretToken.Create(), SecretToken.Create(), SecretToken.Create());
                            (session.ClaimToken, session.ClaimedUntilUtc) = (claim is null ? null : Guid.NewGuid(), claim);
                            (session.OrderClaimToken, session.OrderClaimedUntilUtc) = (session.ClaimToken, claim);
                            session.PaymentSessionId = isSeen ? Some.PaymentSessionId : string.Empty;
                            (session.WebhookOnUtc, session.WebhookFailures) = (claim == claims[1] ? Some.Now : null, claim == claims[2] ? WebhookRegistration.MaxFailures : 0);
                            (session.NextCheckOnUtc, session.IsReserved) = (claim, claim is null);
                            yield return session;
                        }
    }
}
