using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>Has a Bolt Card pay the invoice that a charge shows.</summary>
/// <remarks>
/// Whatever the card's service says, nothing is recorded: the charge is paid when Mion says so. An invoice is paid once,
/// so a card that is sent twice does no harm.
/// </remarks>
public class CardPayment(PluginLog log, CardCalls calls, TillStatusService statusService)
{
    /// <summary>Sends the invoice to the card's service.</summary>
    /// <param name="attemptId">The attempt that the assistant was shown.</param>
    /// <param name="address">The address that stands on the card.</param>
    public async Task<CardResult> PayAsync(MionPaymentSession session, int attemptId, string? address)
    {
        if (PublicAddress.Read(address) is not { } card)
            return CardResult.NotAllowed;
        if (await statusService.ReadAsync(session) is not { State: TillState.Waiting, Attempt: { } attempt } || attempt.Id != attemptId)
            return CardResult.CodeChanged;
        try
        {
            var offer = CardOffer.Read(await calls.GetAsync(card));
            if (!offer.Allows(attempt.AmountMsat))
                throw new CardException(CardResult.OutsideLimits);
            CardOffer.ReadTaken(await calls.GetAsync(offer.For(attempt.Invoice)));
            return CardResult.Sent;
        }
        catch (CardException exception)
        {
            LogText line = $"the service {LogField.Domain(card)} of a card pays nothing for charge {LogField.Row(session.Id)}: {LogField.Word(exception.Result)} ({LogField.Kind(exception.InnerException ?? exception)}).";
            // a card without money is nothing that a shop can mend; an address inside of its network is tried by nobody in good faith
            await (exception.Result == CardResult.NotAllowed ? log.WarningAsync(line, onceFor: "card") : log.InformationAsync(line));
            return exception.Result;
        }
    }
}
