namespace Nop.Services.Orders;

/// <summary>Named values that a payment method leaves on an order.</summary>
public class CustomValues : List<CustomValue>
{
    /// <summary>Null where there is none of the name; setting replaces.</summary>
    public virtual string this[string name]
    {
        get => TryGetValue(name, out var found) ? found.Value : null;
        set
        {
            Remove(name);
            Add(new CustomValue(name, value));
        }
    }

    public virtual List<CustomValue> GetValuesByDisplayLocation(CustomValueDisplayLocation displayLocation)
        => this.Where(value => value.DisplayLocation == displayLocation).ToList();

    public virtual bool Remove(string name) => RemoveAll(value => value.Name == name) > 0;

    public virtual bool TryGetValue(string name, out CustomValue customValue)
    {
        customValue = Find(value => value.Name == name);
        return customValue != null;
    }
}

/// <summary>One such value, and where it shows.</summary>
public class CustomValue
{
    public CustomValue(string name, string value, CustomValueDisplayLocation displayLocation = CustomValueDisplayLocation.Payment, bool displayToCustomer = true, DateTime? createdOnUtc = null)
    {
        Name = name;
        Value = value;
        DisplayLocation = displayLocation;
        DisplayToCustomer = displayToCustomer;
        CreatedOnUtc = createdOnUtc;
    }

    public string Value { get; set; }

    public string Name { get; set; }

    public bool DisplayToCustomer { get; set; }

    public CustomValueDisplayLocation DisplayLocation { get; set; }

    public DateTime? CreatedOnUtc { get; set; }

    public override string ToString() => Value;
}

/// <summary>The part of an order's page that a value shows in.</summary>
public enum CustomValueDisplayLocation
{
    BillingAddress = 0,
    ShippingAddress = 1,
    Payment = 2,
    Shipping = 3
}
