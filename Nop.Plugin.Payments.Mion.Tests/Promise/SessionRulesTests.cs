using Microsoft.Extensions.DependencyInjection;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Shop;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Tests.Support;
using static Nop.Plugin.Payments.Mion.Payments.PaymentSessionState;

namespace Nop.Plugin.Payments.Mion.Tests.Promise;

/// <summary>
/// Each rule about a session means what its words say, and the same in a query and in memory.
/// </summary>
public sealed class SessionRulesTests
{
    /// <summary>What each rule means, said a second time: a rule that is changed has to be changed here too.</summary>
    private static readonly (SessionRule Rule, Func<MionPaymentSession, bool> Meaning)[] _rules =
    [
        (SessionRules.Unpaid, session => IsIn(session, Open, Expired)),
        (SessionRules.Reserved, session => IsIn(session, Opening) && session.IsReserved),
        (SessionRules.UnknownAtMion, session => IsIn(session, NeedsPerson, Handled) && IsUnknown(session)),
        (SessionRules.Settled, session => IsIn(session, Paid) || IsIn(session, Handled) && !IsUnknown(session)),
        (SessionRules.NotSettled, session => IsIn(session, Opening, Open, Expired, NeedsPerson) || IsIn(session, Handled) && IsUnknown(session)),
        (SessionRules.HasMoney, session => IsIn(session, Paid) || IsIn(session, NeedsPerson) && !IsUnknown(session)),
        (SessionRules.Stalled, session => IsIn(session, Open, Expired) && session.FundsSeen && session.PersonToldOf == MionPaymentSession.ToldOfStalled),
        (SessionRules.OnItsWay, session => IsIn(session, Open, Expired) && session.FundsSeen && session.PersonToldOf != MionPaymentSession.ToldOfStalled),
        (SessionRules.Watched, session => IsIn(session, Open, Expired) || IsIn(session, NeedsPerson, Handled) && IsUnknown(session)),
        (SessionRules.Waiting, session => IsIn(session, NeedsPerson) || IsIn(session, Handled) && IsUnknown(session)),
        (SessionRules.Concluded, session => IsIn(session, Paid, NeedsPerson, Handled)),
        (SessionRules.WebhookMissing, session => IsIn(session, Open) && session.PaymentSessionId.Length > 0 && session.WebhookOnUtc is null && session.WebhookFailures < 3),
        (SessionRules.NotClaimed, session => IsFree(session.ClaimedUntilUtc)),
        (SessionRules.OrderNotClaimed, session => IsFree(session.OrderClaimedUntilUtc)),
        (SessionRules.NotSettled.And(SessionRules.NotClaimed), session => !IsIn(session, Paid) && (!IsIn(session, Handled) || IsUnknown(session)) && IsFree(session.ClaimedUntilUtc)),
        (SessionRules.In(Handled), session => IsIn(session, Handled))
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
        Assert.That(_rules.Select(row => row.Rule), Is.SupersetOf(typeof(SessionRules).GetProperties().Select(property => property.GetValue(null))));

    private static Task AssertSameAsync(DemoShop shop) => shop.InScopeAsync(async services =>
    {
        var repository = services.GetRequiredService<IRepository<MionPaymentSession>>();
        foreach (var row in Rows())
            await repository.InsertAsync(row, publishEvent: false);
        var stored = await repository.Table.ToListAsync();
        using (Assert.EnterMultipleScope())
        {
            foreach (var (rule, meaning) in _rules)
            {
                var inMemory = stored.Where(rule.Holds).Select(session => session.Id).ToList();
                var queried = await repository.Table.Where(rule).Select(session => session.Id).ToListAsync();
                Assert.That(queried, Is.EquivalentTo(inMemory), rule.Expression.ToString());
                Assert.That(inMemory, Is.EquivalentTo(stored.Where(meaning).Select(session => session.Id)), $"means what it says: {rule.Expression}");
                Assert.That(inMemory.Count, Is.InRange(1, stored.Count - 1), $"tells rows apart: {rule.Expression}");
            }
        }

        return true;
    });

    private static bool IsIn(MionPaymentSession session, params PaymentSessionState[] states) => states.Contains(session.State);

    private static bool IsUnknown(MionPaymentSession session) => session.ReviewReason == ReviewReason.UnknownAtMion;

    private static bool IsFree(DateTime? claimedUntil) => claimedUntil is null || claimedUntil < DateTime.UtcNow;

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
